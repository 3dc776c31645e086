export { myAdapter as create } from '@ambisync/my-adapter'
