export const echo = async (value) => value
