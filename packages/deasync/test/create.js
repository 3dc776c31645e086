export { deasync as create } from '@ambisync/deasync'
