/** A task module on Prettier, whose API is asynchronous only. */
import { format as formatWithPrettier } from 'prettier'

export async function format(source: string, filepath: string): Promise<string> {
  return await formatWithPrettier(source, { filepath })
}
