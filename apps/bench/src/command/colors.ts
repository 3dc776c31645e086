/** Colours are for terminals, and for whoever does not mind them. */
export const colors: boolean = process.stdout.isTTY === true && !process.env.NO_COLOR
