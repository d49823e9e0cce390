import type { Section, ServedService, ServedVip } from '../judge/diagnosis.ts';
import { closing } from './closing.ts';
import type { DiagnosisContext, DiagnosisReporter } from './context.ts';
import { drawFinding, newPage, type Page, shownOf } from './text.ts';
import { holderOf, nameOfVip, verdictLines } from './verdict-line.ts';
import { drawWalk } from './walk.ts';
import { listed, plainWords } from './words.ts';
import { wrap } from './wrap.ts';

const mostNames = 3;
const mostServices = 6;

/** For somebody who was called at night: VIP by VIP, what is wrong and where; what nobody saw; last, how it stands. */
export const diagnosisText: DiagnosisReporter = (verdict, context) => {
  const page = newPage(context);
  const sections =
    context.walk === undefined
      ? context.diagnosis.sections.flatMap((section) => drawSection(section, page, context))
      : [drawWalk(context.walk, page)];
  const lines = verdictLines(context.diagnosis, verdict);
  const last = lines.flatMap((line) => wrap(line, page.prose, 0, 2).map(page.paint.strong));
  return [...sections, closing(verdict, context, last)].join('\n');
};

function drawSection({ vips, parts }: Section, page: Page, context: DiagnosisContext): readonly string[] {
  const shown = parts
    .map(({ service, findings }) => ({ service, findings: shownOf(findings, context) }))
    .filter(({ findings }) => findings.length > 0);
  if (shown.length === 0) return [];
  const [vip] = vips;
  const notes = notesOfVips(vips);
  const heading = [
    page.paint.strong(`== ${titleOf(vips)}`),
    ...notes.flatMap((note) => wrap(`   ${note}`, page.prose, 0, 5)),
    '',
  ].join('\n');
  return [
    heading,
    ...shown.flatMap(({ service, findings }) => [
      ...(service === undefined || vip?.services.length === 1 ? [] : [serviceHeading(service, page)]),
      ...findings.map((finding) => drawFinding(finding, page)),
    ]),
  ];
}

/** What the VIPs of a section are called. */
export function titleOf(vips: readonly ServedVip[]): string {
  const names = listed(vips.map(nameOfVip), mostNames);
  if (vips.length === 0) return 'For no VIP';
  return vips.length === 1 ? `VIP ${names}` : `VIPs ${names}`;
}

/** Who has the VIPs of a section, and what the tables of a single one hold. */
export function notesOfVips(vips: readonly ServedVip[]): readonly string[] {
  const [vip] = vips;
  return vip !== undefined && vips.length === 1
    ? [directorNote(vip), ...serviceNotes(vip)]
    : vips.slice(0, mostServices).map((each) => `${nameOfVip(each)}  ${directorNote(each)}`);
}

function directorNote(vip: ServedVip): string {
  const states = vip.directors.flatMap(({ host, state }) =>
    state === undefined ? [] : [`${plainWords(host)} says ${state}`],
  );
  const instances =
    vip.instances.length === 0 ? '' : ` (${listed(vip.instances.map(plainWords), mostNames)})`;
  const said = states.length === 0 ? '' : `; ${listed(states, mostNames)}`;
  return `${holderOf(vip)}${instances}${said}`;
}

function serviceNotes({ services }: ServedVip): readonly string[] {
  const hidden = services.length - mostServices;
  const shown = hidden > 1 ? services.slice(0, mostServices) : services;
  const more = hidden > 1 ? [`and ${hidden} more services`] : [];
  return [...shown.map((service) => `${plainWords(service.label)}  ${tablesOf(service)}`), ...more];
}

function tablesOf({ tables }: ServedService): string {
  const counts = tables.map(({ host, servers, idle }) => {
    const zero = idle === 0 ? '' : ` (${idle} of weight 0)`;
    return `${servers}${zero} on ${plainWords(host)}`;
  });
  return counts.length === 0 ? 'no table was seen' : `servers in the table: ${listed(counts, mostNames)}`;
}

function serviceHeading({ label }: ServedService, { paint }: Page): string {
  return `${paint.strong(`-- ${plainWords(label)}`)}\n`;
}
