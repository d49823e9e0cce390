import type { DiagnosisReporter, Reporter } from './context.ts';
import { diagnosisJson } from './diagnosis-json.ts';
import { diagnosisShort } from './diagnosis-short.ts';
import { diagnosisText } from './diagnosis-text.ts';
import { json } from './json.ts';
import { short } from './short.ts';
import { text } from './text.ts';

/** Every format that `--format` knows, by name. */
export const reporters = { text, short, json } satisfies Record<string, Reporter>;

export type ReportFormat = keyof typeof reporters;

/** The same formats for what was seen of running hosts. */
export const diagnosisReporters: Readonly<Record<ReportFormat, DiagnosisReporter>> = {
  text: diagnosisText,
  short: diagnosisShort,
  json: diagnosisJson,
};
