import { getCall } from '@ambisync/core/task'

export async function slug(title: string): Promise<string> {
  return title.toLowerCase().replaceAll(' ', '-')
}

export async function echo(value: unknown): Promise<unknown> {
  return value
}

/** Ends its worker, as any worker's script may. */
export function closeWorker(): Promise<never> {
  self.close()
  return new Promise(() => {})
}

export async function blob(): Promise<unknown> {
  return { deep: [new Blob(['text'])] }
}

export async function askLate(): Promise<unknown> {
  await new Promise((resolve) => setTimeout(resolve, 0))
  return getCall().id
}
