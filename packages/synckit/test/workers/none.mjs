export const nothing = 'no worker'
