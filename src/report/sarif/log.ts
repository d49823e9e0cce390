import type { DiagnosisContext, ReportContext, Reporter } from '../context.ts';
import { fingerprintsFor } from '../json.ts';
import { safeJson } from '../sanitize.ts';
import { shownOf } from '../text.ts';
import { verdictLine } from '../verdict-line.ts';
import { Artifacts } from './location.ts';
import { notificationsOf } from './notification.ts';
import { resultOf } from './result.ts';
import { descriptorOf } from './rule.ts';

/** For code scanning: SARIF 2.1.0 (OASIS), one run. What somebody has answered for is in it as suppressed. */
export const sarif: Reporter = (verdict, context: ReportContext | DiagnosisContext) => {
  const { version, root } = context;
  const rules = context.rules();
  const log = {
    artifacts: new Artifacts(root),
    fingerprints: fingerprintsFor(verdict),
    ruleIndexes: new Map(rules.map(({ id }, at) => [id, at])),
  };
  const results = [
    ...shownOf(verdict.findings, context).map((finding) => resultOf(finding, log)),
    ...verdict.ignored.map((ignored) => resultOf(ignored.finding, log, ignored)),
  ];
  const run = {
    tool: {
      driver: {
        name: 'lvsdoctor',
        version,
        informationUri: 'https://www.npmjs.com/package/lvsdoctor',
        rules: rules.map((rule) => descriptorOf(rule)),
      },
    },
    invocations: [
      {
        executionSuccessful: verdict.broken.length === 0,
        toolExecutionNotifications: notificationsOf(verdict),
      },
    ],
    columnKind: 'utf16CodeUnits',
    redactionTokens: ['•'],
    artifacts: log.artifacts.list(),
    results,
    ...('diagnosis' in context && {
      properties: { verdict: verdictLine(context.diagnosis, verdict) },
    }),
  };
  return `${safeJson({ $schema: SCHEMA, version: '2.1.0', runs: [run] })}\n`;
};

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
