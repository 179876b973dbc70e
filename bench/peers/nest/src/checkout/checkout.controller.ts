import { Body, Controller, Post, UseGuards } from '@nestjs/common'
import { AuthGuard } from '../auth/auth.guard.js'
import { UserId } from '../auth/user-id.decorator.js'
import { JsonBodyGuard } from '../common/json-body.guard.js'
import { Basket } from './basket.dto.js'
import { CheckoutService } from './checkout.service.js'

@Controller('checkout')
export class CheckoutController {
  constructor(private readonly checkout: CheckoutService) {}

  @Post()
  @UseGuards(AuthGuard, JsonBodyGuard)
  order(@UserId() userId: number, @Body() basket: Basket) {
    return this.checkout.order(userId, basket)
  }
}
