import type { DiagnosisReporter, Reporter, VerificationReporter } from './context.ts';
import { diagnosisJson } from './diagnosis-json.ts';
import { diagnosisShort } from './diagnosis-short.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { json } from './json.ts';
import { short } from './short.ts';
import { text } from './text.ts';
import { verificationJson } from './verification/json.ts';
import { verificationText } from './verification/text.ts';

/** One format: for files, for what was seen of running hosts, and for what was tried with them. */
export interface Format {
  readonly lint: Reporter;
  readonly diagnose: DiagnosisReporter;
  readonly verify: VerificationReporter;
}

const own = {
  text: { lint: text, diagnose: diagnosisText, verify: verificationText },
  short: { lint: short, diagnose: diagnosisShort, verify: short },
  json: { lint: json, diagnose: diagnosisJson, verify: verificationJson },
} satisfies Record<string, Format>;

/** What other programs take; read from the disk only where it is asked for. */
const OTHERS = ['sarif', 'junit', 'github', 'gitlab', 'checkstyle', 'html'] as const;

/** The formats of other programs, by name. */
export type OtherFormats = Readonly<Record<(typeof OTHERS)[number], Format>>;

export type ReportFormat = keyof typeof own | keyof OtherFormats;

/** Every format that `--format` knows. */
export const FORMAT_NAMES: readonly string[] = [...Object.keys(own), ...OTHERS];

export function isReportFormat(name: string): name is ReportFormat {
  return FORMAT_NAMES.includes(name);
}

export async function formatCalled(name: ReportFormat): Promise<Format> {
  if (Object.hasOwn(own, name)) return own[name as keyof typeof own];
  const { others } = await import('./others.ts');
  return others[name as keyof OtherFormats];
}
