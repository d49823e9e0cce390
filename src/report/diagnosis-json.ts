import type { ServedVip } from '../judge/diagnosis.ts';
import type { Finding } from '../judge/finding.ts';
import type { DiagnosisReporter } from './context.ts';
import { fingerprintsFor, reportAsData } from './json.ts';
import { safeJson } from './sanitize.ts';
import { verdictLine } from './verdict-line.ts';
import type { Walk } from './walk.ts';

/** For programs: the report of `lint`, and with it the VIPs, who has them, and which findings concern which. */
export const diagnosisJson: DiagnosisReporter = (verdict, context) => {
  const { diagnosis, walk } = context;
  const fingerprints = fingerprintsFor(verdict);
  const named = (findings: readonly Finding[]) => findings.map((finding) => fingerprints.get(finding));
  const report = {
    ...reportAsData(verdict, context),
    verdict: verdictLine(diagnosis, verdict),
    vips: diagnosis.vips.map(vipAsData),
    sections: diagnosis.sections.map(({ vips, parts }) => ({
      vips: vips.map((vip) => diagnosis.vips.indexOf(vip)),
      parts: parts.map(({ service, findings }) => ({
        ...(service && { service: service.label }),
        findings: named(findings),
      })),
    })),
    ...(walk && { symptom: { ...walk, steps: walk.steps.map((step) => stepAsData(step, named)) } }),
  };
  return `${safeJson(report)}\n`;
};

function stepAsData(
  { results, ...step }: Walk['steps'][number],
  named: (findings: readonly Finding[]) => object,
) {
  return { ...step, results: results.map((result) => ({ ...result, findings: named(result.findings) })) };
}

function vipAsData({ names, instances, directors, services, hosts }: ServedVip) {
  return {
    names,
    instances,
    directors,
    services: services.map(({ label, tables }) => ({ label, tables })),
    hosts: [...hosts],
  };
}
