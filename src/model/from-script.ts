import type { ScriptStatement, ScriptTree } from '../../grammars/script/read.ts';
import { type Fault, placeOf, type Word } from '../../grammars/tree.ts';
import { assumed, stated } from '../evidence/fact.ts';
import type { SetupCommand, SetupScript, SetupStep } from './commands.ts';
import { ifconfig } from './script-addresses.ts';
import type { CallReader, ScriptCall } from './script-call.ts';
import { dpip, localAddress } from './script-dpvs.ts';
import { type IpvsStep, ipvsadm, restored, SAVED_TABLE, saved } from './script-ipvs.ts';
import { renews, sysctl, tee, writes } from './script-kernel.ts';
import { ip, netToolsRoute } from './script-routes.ts';
import * as services from './script-services.ts';

/** What a set-up script does to a cluster, and what is wrong with its text and its commands. */
export interface ScriptReading {
  readonly script: SetupScript;
  readonly commands: readonly SetupCommand[];
  readonly faults: readonly Fault[];
}

const READERS = new Map<string, CallReader>([
  ['ip', ip],
  ['dpip', dpip],
  ['ifconfig', ifconfig],
  ['route', netToolsRoute],
  ['sysctl', sysctl],
  ['tee', tee],
  ['sed', renews],
  ['rm', renews],
  ['mv', renews],
  ['truncate', renews],
  ['iptables', services.packetFilter],
  ['ip6tables', services.packetFilter],
  ['arptables', services.packetFilter],
  ['iptables-restore', services.packetFilter],
  ['ip6tables-restore', services.packetFilter],
  ['arptables-restore', services.packetFilter],
  ['nft', services.nft],
  ['ufw', services.ufw],
  ['modprobe', services.modprobe],
  ['insmod', services.modprobe],
  ['setenforce', services.setenforce],
  ['systemctl', services.systemctl],
  ['service', services.service],
  ['rc-service', services.service],
  ['chkconfig', services.chkconfig],
  ['update-rc.d', services.updateRc],
]);

/** Signs that are a fault of their own, which explains what a program says of the word. */
const HIDDEN = /[\u00a0\u200b-\u200f\u2010-\u2019\u201c\u201d\u2212\ufffd]/;

/** The commands of a script that touch a cluster, in the order in which it runs them. Nothing is guessed. */
export function commandsFrom(tree: ScriptTree): ScriptReading {
  const commands: SetupCommand[] = [];
  const refused = new Map<string, Fault>();
  const renewed = new Set<string>();
  for (const statement of tree.statements) {
    const words = withoutPrefix(statement.words);
    const [program] = words;
    const name = program === undefined || program.unknown ? '' : program.text.replace(/^.*\//, '');
    const call: ScriptCall = { statement, name, args: words.slice(1), renewed };
    const steps =
      program === undefined
        ? []
        : stepsOf(call, program, (fault) => {
            // A loop runs the same line many times; what is wrong with it is said once.
            const { start, end } = fault.at.range;
            if (HIDDEN.test(statement.source.text.slice(start, end))) return;
            refused.set(`${start} ${end} ${fault.message}`, fault);
          });
    const all = [...steps, ...writes(call).map((step): IpvsStep => ({ step }))];
    for (const { step, command, words: own } of all)
      commands.push({
        ...step,
        words: own ?? words,
        branch: statement.branch,
        conditional: statement.conditional,
        order: commands.length,
        program: program?.text ?? '',
        place: placeOfStep(statement, own),
        ...(command && { ipvsadm: command }),
      });
  }
  return { script: scriptOf(tree), commands, faults: [...tree.faults, ...refused.values()] };
}

function stepsOf(call: ScriptCall, program: Word, refuse: (fault: Fault) => void): readonly IpvsStep[] {
  if (call.name === 'ipvsadm' && program.text.startsWith('.')) {
    const steps = localAddress(call);
    if (steps.length > 0) return steps.map((step) => ({ step }));
  }
  if (call.name === 'ipvsadm') return ipvsadm(call, refuse);
  if (call.name === 'ipvsadm-save') return [{ step: saved(call.statement) }];
  if (call.name === 'ipvsadm-restore') return restored(call.statement);
  const steps = READERS.get(call.name)?.(call) ?? services.initScript(program, call.args) ?? [];
  return steps.flatMap((step) => [{ step }, ...savedByService(step, call.statement)]);
}

function savedByService(step: SetupStep, statement: ScriptStatement): readonly IpvsStep[] {
  if (step.does !== 'service-manager' || step.unit !== 'ipvsadm' || step.action !== 'save') return [];
  return [{ step: { does: 'save-table', file: assumed(SAVED_TABLE, statement) } }];
}

/** Programs that run another one, and their options that take a value. */
const PREFIXES = new Map<string, RegExp>([
  ['sudo', /^-[ugphCT]$/],
  ['doas', /^-[uC]$/],
  ['nohup', /^$/],
  ['exec', /^-a$/],
  ['command', /^$/],
  ['env', /^-[uC]$/],
  ['nice', /^-n$/],
  ['timeout', /^-[ks]$/],
  ['busybox', /^$/],
  ['stdbuf', /^-[ioe]$/],
  ['action', /^$/],
]);

/** The words from the program that does the work on: behind `sudo`, `nice`, `env NAME=value`. */
function withoutPrefix(words: readonly Word[]): readonly Word[] {
  let at = 0;
  for (let depth = 0; depth < 4; depth++) {
    const name = words[at]?.text.replace(/^.*\//, '') ?? '';
    const valued = PREFIXES.get(name);
    if (valued === undefined || at + 1 >= words.length) break;
    at++;
    while (/^-|^\w+=/.test(words[at]?.text ?? '')) at += valued.test(words[at]?.text ?? '') ? 2 : 1;
    // `timeout 5 …`, and Red Hat's `action "what it does" …`
    if (name === 'timeout' || name === 'action') at++;
  }
  return words.slice(at);
}

/** Files that a start of the machine runs, and headers of those that it runs by a link. */
const BOOT_PATH = /\/(?:init\.d|rc\d?\.d|rc\.local|local\.d|network-scripts|if-up\.d|dispatcher\.d)(?:\/|$)/;
const INIT_HEADER = /^#[ \t]*chkconfig:[ \t]*[-\d].*$|^### BEGIN INIT INFO/m;
/** A comment at the top that says who runs the script: a unit, the interface that comes up, cron. */
const RUN_BY = /^(?:#.*\n|[ \t]*\n)*?(#.*(?:\.service\b|\bpost-?up\b|\bif-?up\b|\brc\.local\b|@reboot\b).*)/i;

function scriptOf({ source, statements, shell, unused, bashOnly }: ScriptTree): SetupScript {
  const head = source.text.slice(0, 4096);
  const header = INIT_HEADER.exec(head)?.[0] ?? RUN_BY.exec(head)?.[1];
  const start = header === undefined ? 0 : head.indexOf(header);
  const place = placeOf(source, start, start + (header?.length ?? 0));
  const isInFolder = BOOT_PATH.test(`/${source.name}`);
  return {
    id: `${source.host}/${source.name.replace(/^.*\//, '')}`,
    label: source.name,
    place: placeOf(source, 0, 0),
    shell,
    branches: [...new Set(statements.flatMap(({ branch }) => (branch === undefined ? [] : [branch])))],
    unused: unused.map((word) => stated(word.text, word)),
    bashOnly: bashOnly.map((word) => stated(word.text, word)),
    ...((header !== undefined || isInFolder) && { forBoot: stated(header ?? source.name, { place }) }),
  };
}

function placeOfStep(statement: ScriptStatement, own: readonly Word[] | undefined): SetupCommand['place'] {
  const [first] = own ?? [];
  const last = own?.at(-1);
  if (first === undefined || last === undefined) return statement.place;
  return { source: statement.source, range: { start: first.range.start, end: last.range.end } };
}
