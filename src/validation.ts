/** How requests are checked: the one set of options for whoever compiles a validator. */

/** Every wrong field is named, and what is wrong is neither mended nor dropped. */
export const ajvOptions = { allErrors: true, coerceTypes: false, removeAdditional: false } as const
