import { Module } from '@nestjs/common'
import { CheckoutController } from './checkout.controller.js'
import { CheckoutService } from './checkout.service.js'
import { OrdersService } from './orders.service.js'

@Module({ controllers: [CheckoutController], providers: [CheckoutService, OrdersService] })
export class CheckoutModule {}
