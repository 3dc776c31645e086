export const shimmed = 'by a module'
export default 'by default'
