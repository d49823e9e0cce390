import type { Word } from '../../grammars/tree.ts';
import { stated } from '../evidence/fact.ts';
import type { PacketFilterTool, SetupStep } from './commands.ts';
import { type ScriptCall, textFact, valueAfter } from './script-call.ts';

/** What `--now` adds. */
const NOW = new Map([
  ['enable', 'start'],
  ['disable', 'stop'],
  ['mask', 'stop'],
]);

/** `systemctl ACTION UNIT…` */
export function systemctl({ args }: ScriptCall): readonly SetupStep[] {
  const [action, ...units] = args.filter(({ text }) => !text.startsWith('-'));
  if (action === undefined || action.unknown) return [];
  const now = args.some(({ text }) => text === '--now') ? NOW.get(action.text) : undefined;
  const actions = now === undefined ? [action.text] : [action.text, now];
  return units.flatMap((unit) => actions.flatMap((each) => manage(each, unit)));
}

/** `service UNIT ACTION` */
export function service({ args }: ScriptCall): readonly SetupStep[] {
  const [unit, action] = args;
  return unit === undefined || action === undefined || action.unknown ? [] : manage(action.text, unit);
}

/** `chkconfig [--level N] UNIT on|off`, `chkconfig --add UNIT` */
export function chkconfig({ args }: ScriptCall): readonly SetupStep[] {
  const added = valueAfter(args, '--add');
  const removed = valueAfter(args, '--del');
  if (added !== undefined) return manage('enable', added);
  if (removed !== undefined) return manage('disable', removed);
  const [unit, state] = args.filter(
    ({ text }, at) => !text.startsWith('-') && args[at - 1]?.text !== '--level',
  );
  if (unit === undefined || (state?.text !== 'on' && state?.text !== 'off')) return [];
  return manage(state.text === 'on' ? 'enable' : 'disable', unit);
}

/** `update-rc.d UNIT defaults|enable|disable|remove` */
export function updateRc({ args }: ScriptCall): readonly SetupStep[] {
  const [unit, action] = args.filter(({ text }) => !text.startsWith('-'));
  if (unit === undefined || action === undefined) return [];
  return manage(/^(defaults|enable)$/.test(action.text) ? 'enable' : 'disable', unit);
}

/** `/etc/init.d/UNIT ACTION`; undefined for any other program. */
export function initScript(program: Word, args: readonly Word[]): readonly SetupStep[] | undefined {
  const [, unit] = /^\/etc\/(?:rc\.d\/)?init\.d\/([\w@.-]+)$/.exec(program.text) ?? [];
  const [action] = args;
  if (unit === undefined || action === undefined || action.unknown) return undefined;
  return manage(action.text, { ...program, text: unit, place: program.place });
}

function manage(action: string, unit: Word): readonly SetupStep[] {
  if (unit.unknown) return [];
  return [{ does: 'service-manager', action, unit: unit.text.replace(/\.service$/, '') }];
}

/** `modprobe [-a] MODULE…`, `insmod FILE` */
export function modprobe({ name, args }: ScriptCall): readonly SetupStep[] {
  const options = args.filter(({ text }) => text.startsWith('-')).map(({ text }) => text);
  if (options.some((text) => /^-\w*r|^--remove/.test(text))) return [];
  const words = args.filter(({ text, unknown }) => !unknown && !text.startsWith('-') && !text.includes('='));
  const all = options.some((text) => /^-\w*a|^--all/.test(text));
  return (all ? words : words.slice(0, 1)).map((word) => {
    const module =
      name === 'insmod' ? word.text.replace(/^.*\//, '').replace(/\.ko(\.\w+)?$/, '') : word.text;
    return { does: 'load-module', module: stated(module.replaceAll('-', '_'), word) };
  });
}

/** `setenforce 0|1|Permissive|Enforcing` */
export function setenforce({ args: [mode] }: ScriptCall): readonly SetupStep[] {
  const text = textFact(mode)?.value.toLowerCase();
  if (text === '0' || text === 'permissive') return [{ does: 'set-selinux', enforcing: false }];
  return text === '1' || text === 'enforcing' ? [{ does: 'set-selinux', enforcing: true }] : [];
}

/** The commands of iptables(8), by letter. */
const ACTIONS: Readonly<Record<string, string>> = {
  A: 'append',
  I: 'insert',
  D: 'delete',
  R: 'replace',
  F: 'flush',
  N: 'new-chain',
  X: 'delete-chain',
  P: 'policy',
  E: 'rename-chain',
  Z: 'zero',
};

/** `iptables`, `ip6tables` and `arptables`; what only looks at rules is passed over. */
export function packetFilter(call: Pick<ScriptCall, 'name' | 'args'>): readonly SetupStep[] {
  const { args } = call;
  const tool = toolOf(call.name);
  if (/-restore$/.test(call.name))
    return [{ does: 'packet-filter', table: '', action: 'restore', family: familyOf(tool), tool }];
  const at = args.findIndex(({ text }) => actionOf(text) !== undefined);
  const action = actionOf(args[at]?.text ?? '');
  if (action === undefined) return [];
  const next = args[at + 1];
  const chain = next === undefined || next.unknown || next.text.startsWith('-') ? undefined : next.text;
  const table = valueAfter(args, '-t', '--table')?.text;
  if (action === 'flush')
    return [{ does: 'flush-packet-filter', ...(table && { table }), ...(chain && { chain }), tool }];
  const target = textFact(valueAfter(args, '-j', '--jump'))?.value;
  return [
    {
      does: 'packet-filter',
      table: table ?? 'filter',
      action,
      ...(chain && { chain }),
      ...(target && { target }),
      family: familyOf(tool),
      tool,
    },
  ];
}

/** `nft flush ruleset` and the rules of nft(8), as far as that they are there. */
export function nft({ args }: ScriptCall): readonly SetupStep[] {
  const [action, object] = args.filter(({ text }) => !text.startsWith('-'));
  if (action?.text === 'flush')
    return [{ does: 'flush-packet-filter', tool: 'nft', ...(object && { table: object.text }) }];
  if (action === undefined || !/^(add|insert|create|delete|replace)$/.test(action.text)) return [];
  return [{ does: 'packet-filter', table: '', action: action.text, family: 4, tool: 'nft' }];
}

/** `ufw disable` and `ufw enable` */
export function ufw({ args }: ScriptCall): readonly SetupStep[] {
  const action = args.find(({ text }) => text === 'disable' || text === 'enable');
  return action === undefined ? [] : [{ does: 'service-manager', action: action.text, unit: 'ufw' }];
}

function actionOf(option: string): string | undefined {
  const name = option.replace(/^--/, '');
  if (option.startsWith('--')) return Object.values(ACTIONS).includes(name) ? name : undefined;
  return /^-[A-Z]/.test(option) ? ACTIONS[option[1] ?? ''] : undefined;
}

function toolOf(name: string): PacketFilterTool {
  if (name.startsWith('ip6')) return 'ip6tables';
  return name.startsWith('arp') ? 'arptables' : 'iptables';
}

function familyOf(tool: PacketFilterTool): 4 | 6 {
  return tool === 'ip6tables' ? 6 : 4;
}
