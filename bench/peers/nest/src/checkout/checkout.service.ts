import { ConflictException, ForbiddenException, Injectable, Logger } from '@nestjs/common'
import { Upstream } from '../upstream/upstream.js'
import type { Basket } from './basket.dto.js'
import { OrdersService } from './orders.service.js'
import { agreedTerms, totalOf } from './terms.js'

/** The realistic request: three services, a transaction, a line in the log. */
@Injectable()
export class CheckoutService {
  private readonly logger = new Logger(CheckoutService.name)

  constructor(
    private readonly upstream: Upstream,
    private readonly orders: OrdersService,
  ) {}

  async order(userId: number, { items }: Basket) {
    const startMs = performance.now()
    const skus = items.map(({ sku }) => sku).join(',')
    const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0)
    const terms = agreedTerms(
      await Promise.all([
        this.upstream.get(`/prices?skus=${skus}`),
        this.upstream.get(`/stock?skus=${skus}`),
        this.upstream.get(`/shipping?items=${pieces}`),
      ]),
    )
    if (!terms.available) throw new ConflictException('not all of it is in stock')
    const totalCents = totalOf(items, terms)
    const order = await this.orders.create(userId, totalCents)
    if (order === undefined) throw new ForbiddenException('no such user')
    const { id: orderId, createdAt } = order
    const durationMs = Math.round(performance.now() - startMs)
    const size = items.length
    this.logger.log({ event: 'checkout', orderId, userId, totalCents, items: size, durationMs })
    return { orderId, userId, totalCents, createdAt }
  }
}
