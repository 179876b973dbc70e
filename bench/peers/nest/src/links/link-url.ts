const host = '[A-Za-z0-9][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)*\\.?'
const port = '([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])'

export const linkUrl = new RegExp(`^https?://${host}(:${port})?([/?#][!-~]*)?$`)
export const longestLinkUrl = 2048
