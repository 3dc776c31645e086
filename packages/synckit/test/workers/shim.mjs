export const shimmed = 'by a module'
