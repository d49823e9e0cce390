import type { Reporter } from './context.ts';
import { json } from './json.ts';
import { short } from './short.ts';
import { text } from './text.ts';

/** Every format that `--format` knows, by name. */
export const reporters = { text, short, json } satisfies Record<string, Reporter>;

export type ReportFormat = keyof typeof reporters;
