import type { MeasuredShares } from '../../judge/verification.ts';
import { percent } from '../verification/numbers.ts';
import { plainWords } from '../words.ts';
import { type Markup, markup } from './markup.ts';
import { fixed, linearScale } from './scale.ts';

const WIDTH = 960;
const LEFT = 230;
const RIGHT = WIDTH - 90;
const ROW = 34;
const TOP = 30;
const LONGEST_NAME = 28;

/** Each server's share as a bar with its confidence, and a mark where theory wants it. */
export function sharesPlot({ service, scheduler, servers }: MeasuredShares): Markup {
  const most = servers.reduce(
    (max, { share, expected, high }) => Math.max(max, share, expected ?? 0, high),
    0.01,
  );
  const scale = linearScale(0, Math.min(1, most * 1.05), LEFT, RIGHT);
  const bottom = TOP + servers.length * ROW;
  const ticks = scale.ticks.map(
    (tick) => markup`<path class="grid" d="M${fixed(scale.at(tick))} ${TOP - 6}V${bottom}"/>
<text class="number" x="${fixed(scale.at(tick))}" y="${bottom + 18}">${Number((tick * 100).toFixed(1))} %</text>
`,
  );
  const rows = servers.map(({ server, share, expected, low, high }, at) => {
    const y = TOP + at * ROW;
    const middle = y + 11;
    const wanted =
      expected === undefined
        ? undefined
        : markup`<path class="wanted" d="M${fixed(scale.at(expected))} ${y - 4}v30"/>\n`;
    const name = server.length > LONGEST_NAME ? `${server.slice(0, LONGEST_NAME - 1)}…` : server;
    return markup`<text class="label" x="${LEFT - 10}" y="${y + 15}">${plainWords(name)}</text>
<path class="share" d="M${LEFT} ${y}H${fixed(scale.at(share))}v22H${LEFT}z"/>
<path class="confidence" d="M${fixed(scale.at(low))} ${middle - 5}v10m0 -5H${fixed(scale.at(high))}m0 -5v10"/>
${wanted}<text class="value" x="${RIGHT + 8}" y="${y + 15}">${percent(share)}</text>
`;
  });
  return markup`<svg class="plot shares" viewBox="0 0 ${WIDTH} ${bottom + 28}" role="img" aria-label="${plainWords(service)}, ${plainWords(scheduler)}: shares of the servers">
${ticks}${rows}<path class="axis" d="M${LEFT} ${TOP - 6}V${bottom}"/>
<path class="wanted" d="M${LEFT} 8v12"/><text class="key" x="${LEFT + 8}" y="18">expected</text>
<path class="share" d="M${LEFT + 90} 9h18v10h-18z"/><text class="key" x="${LEFT + 114}" y="18">measured</text>
<path class="confidence" d="M${LEFT + 200} 9v10m0 -5h24m0 -5v10"/><text class="key" x="${LEFT + 230}" y="18">95 % confidence</text>
</svg>
`;
}
