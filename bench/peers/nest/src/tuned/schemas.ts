/** The rules of the DTO classes as schemas, which ArkType compiles once. */
import type { ArgumentMetadata } from '@nestjs/common'
import { type } from 'arktype'
import { Basket } from '../checkout/basket.dto.js'
import { LinkFields } from '../links/link-fields.dto.js'
import { linkUrl, longestLinkUrl } from '../links/link-url.js'
import { UserFields } from '../users/user-fields.dto.js'
import { UserPage } from '../users/user-page.dto.js'

const userFields = type({
  '+': 'reject',
  username: /^[A-Za-z0-9_.-]{3,50}$/,
  email: 'string.email <= 254',
  age: '18 <= number.integer <= 150',
})

const userPage = type({
  '+': 'reject',
  'after?': /^\d+$/,
  'limit?': /^([1-9]\d?|100)$/,
})

const linkFields = type({
  '+': 'reject',
  url: type(linkUrl).atMostLength(longestLinkUrl),
})

const basketItem = type({
  '+': 'reject',
  sku: /^[a-z0-9-]{1,40}$/,
  quantity: '1 <= number.integer <= 99',
})

const basket = type({
  '+': 'reject',
  items: basketItem.array().atLeastLength(1).atMostLength(20),
})

export const schemas = new Map<unknown, ArgumentMetadata['schema']>([
  [UserFields, userFields],
  [UserPage, userPage],
  [LinkFields, linkFields],
  [Basket, basket],
])
