/** Keeps a core busy until the process whose number is given is no longer the parent of this one. */
const parent = Number(process.argv[2])
while (process.ppid === parent) for (let count = 0; count < 100_000; count++);
