import { BadGatewayException, Controller, Get } from '@nestjs/common'
import { Upstream } from '../upstream/upstream.js'

type Answer = Record<string, unknown> | null

@Controller('fanout')
export class FanoutController {
  constructor(private readonly upstream: Upstream) {}

  @Get()
  async merge() {
    const [profile, orders, offers] = (await Promise.all([
      this.upstream.get('/profile'),
      this.upstream.get('/orders'),
      this.upstream.get('/offers'),
    ])) as Answer[]
    if (!profile || !orders || !offers)
      throw new BadGatewayException('a service answered with nothing')
    // Field by field: what a service says besides is not passed on.
    return {
      profile: { name: profile.name, tier: profile.tier },
      orders: { open: orders.open, last: orders.last },
      offers: { ids: offers.ids },
    }
  }
}
