export default { test: { include: ['vitest/*.test.js'], pool: process.env.CONSUMER_POOL } }
