import type { MeasuredShares, MeasuredTest, Phase, Series } from '../../judge/verification.ts';
import type { VerificationReporter } from '../context.ts';
import { shownOf } from '../text.ts';
import { duration, expectedText, measuredText, percent } from '../verification/numbers.ts';
import { startText, yearText } from '../verification/text.ts';
import { plainWords } from '../words.ts';
import { coursePlot } from './course-plot.ts';
import { findingMarkup } from './finding.ts';
import { type Markup, markup } from './markup.ts';
import { PLOT_STYLES } from './plot-styles.ts';
import { filterOf, pageOf } from './report.ts';
import { sharesPlot } from './shares-plot.ts';

/** What was tried and what came of it: findings, then each test with its numbers and plots. */
export const verificationHtml: VerificationReporter = (verdict, context) => {
  const { tests, series } = context.verification;
  const shown = shownOf(verdict.findings, context);
  const filter = filterOf(shown, context);
  const parts = [
    ...shown.map((finding) => findingMarkup(finding, filter)),
    ...(series === undefined ? [] : [seriesMarkup(series)]),
    ...tests.map(testMarkup),
  ];
  return pageOf('What the tests of the cluster came to', parts, filter, verdict, context, PLOT_STYLES);
};

function testMarkup(test: MeasuredTest): Markup {
  const { name, about, measures, shares, phases, course } = test;
  const rows = measures.map((measure) => [measure.what, expectedText(measure), measuredText(measure)]);
  const plot =
    course &&
    markup`<figure>
${coursePlot(course, plainWords(name))}<figcaption>Each request is drawn where it began. A cross is one that failed, at the height of the time it took.</figcaption>
</figure>
`;
  return markup`<section>
<h2>${plainWords(name)}</h2>
<p class="faint">${plainWords(about)}, ${startText(test)}</p>
${table(['', 'expected', 'measured'], rows, 3)}${plot}${shares.map(sharesMarkup)}${phasesMarkup(phases)}</section>
`;
}

function sharesMarkup(shares: MeasuredShares): Markup {
  const { service, scheduler, unit, units, total, servers } = shares;
  const rows = servers.map(({ server, weight, count, expected, share, low, high }) => [
    server,
    String(weight),
    String(count),
    expected === undefined ? '' : percent(expected),
    percent(share),
    `${percent(low)} to ${percent(high)}`,
  ]);
  const clients = unit === 'client addresses' ? `, ${units} ${unit}` : '';
  return markup`<h3>${plainWords(service)}, ${plainWords(scheduler)}</h3>
<p class="faint">${total} connections${clients}</p>
<figure>
${sharesPlot(shares)}</figure>
${table(['', 'weight', 'count', 'expected', 'measured', '95 % confidence'], rows, 1)}`;
}

function phasesMarkup(phases: readonly Phase[]): Markup {
  const rows = phases.map(({ name, requests, answered, latency }) => [
    name,
    `${answered} of ${requests}`,
    ...(latency === undefined
      ? ['', '', '']
      : [duration(latency.median), duration(latency.most95), duration(latency.worst)]),
  ]);
  return table(['latency', 'answered', 'median', '95 %', 'slowest'], rows, 1);
}

function seriesMarkup({ runs, figures, year }: Series): Markup {
  const rows = figures.map(({ what, median, worst }) => [what, duration(median), duration(worst)]);
  return markup`<section>
<h2>${runs === 1 ? 'One failover' : `${runs} failovers`}</h2>
${runs === 1 ? undefined : table(['', 'median', 'worst'], rows, 1)}<p>${yearText(year)}</p>
</section>
`;
}

/** A table whose cells from a column on are numbers. */
function table(titles: readonly string[], rows: readonly (readonly string[])[], numbersFrom: number): Markup {
  if (rows.length === 0) return markup``;
  const kind = (at: number) => (at >= numbersFrom ? 'number' : 'words');
  const head = titles.map((title, at) => markup`<th class="${kind(at)}">${title}</th>`);
  const body = rows.map(
    (row) =>
      markup`<tr>${row.map((cell, at) =>
        at === 0
          ? markup`<th scope="row">${plainWords(cell)}</th>`
          : markup`<td class="${kind(at)}">${plainWords(cell)}</td>`,
      )}</tr>\n`,
  );
  return markup`<table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table>
`;
}
