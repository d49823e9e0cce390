import type { Finding, Severity } from '../../judge/finding.ts';
import { type Markup, markup } from './markup.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** What a page can leave out: findings by severity, and by host. Styles do it, without any script. */
export interface Filter {
  readonly controls: Markup;
  readonly styles: string;
  /** The numbers of the hosts that a finding concerns, as its element names them. */
  hostsOf(finding: Finding): string;
}

/** A filter for these findings of these hosts. */
export function filterFor(findings: readonly Finding[], hosts: readonly string[]): Filter {
  const numbers = new Map(hosts.map((host, at) => [host, at]));
  const hostsOf = ({ host, related }: Finding) => {
    const names = new Set([host, ...related.map(({ at }) => at.source.host)]);
    return [...names].flatMap((name) => numbers.get(name) ?? []).join(' ');
  };
  if (findings.length < 2) return { controls: markup``, styles: '', hostsOf };
  const severities = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
  return { controls: controlsOf(severities, hosts), styles: stylesFor(hosts), hostsOf };
}

function controlsOf(
  severities: readonly { readonly severity: Severity; readonly count: number }[],
  hosts: readonly string[],
): Markup {
  const boxes = severities.map(
    ({ severity, count }) =>
      markup`<label><input type="checkbox" name="severity" value="${severity}" checked> ${severity} (${count})</label>\n`,
  );
  const options = hosts.map((host, at) => markup`<option value="${at}">${host}</option>\n`);
  return markup`<form>
${boxes}<label>host <select name="host">
<option value="">all</option>
${options}</select></label>
</form>
`;
}

/** Older browsers do not know :has(); they get no controls, and all findings. */
function stylesFor(hosts: readonly string[]): string {
  const bySeverity = SEVERITIES.map(
    (severity) => `main:has(input[value="${severity}"]:not(:checked)) article.${severity} { display: none; }`,
  );
  const byHost = hosts.map(
    (_, at) =>
      `main:has(option[value="${at}"]:checked) article:not([data-hosts~="${at}"]) { display: none; }`,
  );
  return `@supports not selector(:has(*)) { form { display: none; } }\n${[...bySeverity, ...byHost].join('\n')}\n`;
}
