import type { MeasuredTest, Verification } from '../../judge/verification.ts';
import type { VerificationReporter } from '../context.ts';
import { reportAsData } from '../json.ts';
import { safeJson } from '../sanitize.ts';

/** For programs: the report of `lint`, and with it what was expected and measured; each request is in the timeline. */
export const verificationJson: VerificationReporter = (verdict, context) =>
  `${safeJson({ ...reportAsData(verdict, context), verification: asData(context.verification) })}\n`;

function asData({ tests, series }: Verification) {
  return { tests: tests.map(testAsData), ...(series && { series }) };
}

function testAsData({ name, test, startedAt, about, measures, shares, phases }: MeasuredTest) {
  return { name, test, startedAt, about, measures, shares, phases };
}
