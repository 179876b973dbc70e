import { Injectable, NotFoundException, type PipeTransform } from '@nestjs/common'

export const greatestRowId = 2_147_483_647

/** Reads the id of a row; what no row can have is 404. */
@Injectable()
export class RowIdPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^[1-9]\d{0,9}$/.test(value) || Number(value) > greatestRowId)
      throw new NotFoundException()
    return Number(value)
  }
}
