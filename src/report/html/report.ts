import type { Finding, Verdict } from '../../judge/finding.ts';
import { countsLine } from '../closing.ts';
import type { DiagnosisReporter, ReportContext, Reporter } from '../context.ts';
import { shownOf } from '../text.ts';
import { verdictLines } from '../verdict-line.ts';
import { closingMarkup } from './closing.ts';
import { sectionMarkup, walkMarkup } from './diagnosis.ts';
import { type Filter, filterFor } from './filter.ts';
import { findingMarkup } from './finding.ts';
import { type Markup, markup } from './markup.ts';
import { htmlPage } from './page.ts';

/** For a browser or a printer: the text report as one page that needs nothing else. */
export const html: Reporter = (verdict, context) => {
  const shown = shownOf(verdict.findings, context);
  const filter = filterOf(shown, context);
  const findings = shown.map((finding) => findingMarkup(finding, filter));
  return pageOf('What is wrong with these files', findings, filter, verdict, context);
};

/** The same for running hosts: how each VIP stands, then what is wrong, VIP by VIP. */
export const diagnosisHtml: DiagnosisReporter = (verdict, context) => {
  const { diagnosis, walk } = context;
  const filter = filterOf(shownOf(verdict.findings, context), context);
  const lines = verdictLines(diagnosis, verdict).map((line) => markup`<li>${line}</li>\n`);
  const parts = [
    markup`<ul class="word">\n${lines}</ul>\n`,
    ...(walk === undefined ? [] : [walkMarkup(walk)]),
    ...diagnosis.sections.map((section) => sectionMarkup(section, filter, context)),
  ];
  return pageOf('How the cluster stands', parts, filter, verdict, context);
};

/** A filter for the findings of one report. */
export function filterOf(findings: readonly Finding[], { hosts }: ReportContext): Filter {
  return filterFor(
    findings,
    hosts.map(({ name }) => name),
  );
}

/** The frame of every report: counts first, what was not judged and the hosts last. */
export function pageOf(
  title: string,
  parts: readonly Markup[],
  { controls, styles }: Filter,
  verdict: Verdict,
  context: ReportContext,
  more = '',
): string {
  const { version, hosts } = context;
  const body = markup`<p>${countsLine(verdict, context)}</p>
${controls}${parts}${closingMarkup(verdict)}${hostsMarkup(hosts)}`;
  return htmlPage({ title, version, body, styles: `${styles}${more}` });
}

function hostsMarkup(hosts: ReportContext['hosts']): Markup | undefined {
  if (hosts.length === 0) return undefined;
  const rows = hosts.map(({ name, roles, files }) => {
    const read = files.map((file) => markup`<code>${file}</code><br>\n`);
    return markup`<tr><th scope="row">${name}</th><td>${roles.join(', ')}</td><td>${read}</td></tr>\n`;
  });
  return markup`<section>
<h2>Hosts</h2>
<table>
<thead><tr><th>host</th><th>role</th><th>what was read</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</section>
`;
}
