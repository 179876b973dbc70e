import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator'

export class BasketItem {
  @Matches(/^[a-z0-9-]{1,40}$/)
  sku: string

  @IsInt()
  @Min(1)
  @Max(99)
  quantity: number
}

/** What is ordered. */
export class Basket {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => BasketItem)
  items: BasketItem[]
}
