import { Matches, MaxLength } from 'class-validator'
import { linkUrl, longestLinkUrl } from './link-url.js'

/** What a client says of a link. */
export class LinkFields {
  @Matches(linkUrl)
  @MaxLength(longestLinkUrl)
  url: string
}
