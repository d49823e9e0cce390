import type { Word } from '../../grammars/tree.ts';
import type { SetupStep } from './commands.ts';
import { ipAddress } from './script-addresses.ts';
import { deviceOf, type ScriptCall, textFact, valueAfter } from './script-call.ts';

/** `ip [OPTIONS] OBJECT …` (ip(8)); objects and verbs may be shortened. */
export function ip({ args }: ScriptCall): readonly SetupStep[] {
  let at = 0;
  for (; args[at]?.text.startsWith('-'); at++) {
    const option = args[at]?.text ?? '';
    // Another network namespace is another host to us.
    if (/^-(n|netns|b|batch)$/.test(option)) return [];
    if (/^-(f|family|rc|rcvbuf|l|loops)$/.test(option)) at++;
  }
  const object = args[at];
  const rest = args.slice(at + 1);
  if (object === undefined || object.unknown) return [];
  if (isShort(object.text, 'address', 1)) return ipAddress(rest);
  if (isShort(object.text, 'link', 1)) return ipLink(rest);
  if (isShort(object.text, 'route', 1)) return ipRoute(rest);
  if (isShort(object.text, 'rule', 2) && rest[0] !== undefined && !/^(s|l)/.test(rest[0].text))
    return [{ does: 'policy-rule', action: rest[0].text }];
  return [];
}

function isShort(text: string, word: string, shortest: number): boolean {
  return text.length >= shortest && word.startsWith(text);
}

function ipLink([verb, ...rest]: readonly Word[]): readonly SetupStep[] {
  if (verb === undefined || !isShort(verb.text, 'set', 2)) return [];
  const device = deviceOf(valueAfter(rest, 'dev') ?? rest[0]);
  const has = (text: string) => rest.some((word) => word.text === text);
  return [
    { does: 'set-link', ...device, state: has('down') ? 'down' : has('up') ? 'up' : 'other', tool: 'ip' },
  ];
}

const ROUTE_TYPES = new Set(
  'unicast local broadcast multicast throw unreachable prohibit blackhole nat'.split(' '),
);

function ipRoute([verb, ...rest]: readonly Word[]): readonly SetupStep[] {
  if (verb === undefined) return [];
  const adds = ['add', 'append', 'replace', 'change'].some((word) => isShort(verb.text, word, 1));
  if (!adds && !isShort(verb.text, 'delete', 1)) return [];
  const type = ROUTE_TYPES.has(rest[0]?.text ?? '') ? rest[0]?.text : undefined;
  const words = type === undefined ? rest : rest.slice(1);
  const target = words[0]?.text === 'to' ? words[1] : words[0];
  const hasDestination = target !== undefined && !/^(dev|via|table|proto|metric)$/.test(target.text);
  const gateway = valueAfter(words, 'via');
  const via = textFact(/^inet6?$/.test(gateway?.text ?? '') ? valueAfter(words, 'inet', 'inet6') : gateway);
  return route(adds, hasDestination ? target : undefined, via, valueAfter(words, 'dev'), 'ip', type);
}

/** Words of `route` that take a value. */
const ROUTE_VALUES = new Set(['gw', 'netmask', 'metric', 'mss', 'window', 'irtt', 'dev', '-A', '-F', '-C']);

/** `route add [-host|-net] TARGET [netmask M] [gw G] [[dev] IF]` (net-tools route(8)). */
export function netToolsRoute({ args }: ScriptCall): readonly SetupStep[] {
  const verb = args.findIndex(({ text }) => text === 'add' || text === 'del' || text === 'delete');
  if (verb === -1) return [];
  const words = args.slice(verb + 1);
  const plain = words.filter(
    ({ text, unknown }, at) =>
      (unknown || !/^(-.*|gw|netmask|metric|mss|window|irtt|dev|reject|mod|dyn|reinstate)$/.test(text)) &&
      !ROUTE_VALUES.has(words[at - 1]?.text ?? ''),
  );
  const [target, device] = plain;
  const isNet = words.some(({ text }) => text === '-net') || valueAfter(words, 'netmask') !== undefined;
  const mask = valueAfter(words, 'netmask');
  const steps = route(
    args[verb]?.text === 'add',
    target,
    textFact(valueAfter(words, 'gw')),
    valueAfter(words, 'dev') ?? device,
    'route',
  );
  const isWhole = mask?.text === '255.255.255.255';
  return isNet && !isWhole ? steps.map((step) => ({ ...step, isHost: false }) as SetupStep) : steps;
}

function route(
  adds: boolean,
  target: Word | undefined,
  via: ReturnType<typeof textFact>,
  deviceWord: Word | undefined,
  tool: 'ip' | 'route',
  type?: string,
): readonly SetupStep[] {
  const destination = textFact(target);
  const { interface: base, alias } = deviceOf(deviceWord);
  const text = destination?.value ?? '';
  const isDefault = /^(default|0\.0\.0\.0(\/0)?|::\/0)$/.test(text);
  return [
    {
      does: adds ? 'add-route' : 'remove-route',
      ...(destination && { destination }),
      ...(via && { via }),
      ...(base && { device: base }),
      ...(alias !== undefined && { alias }),
      ...(type !== undefined && { type }),
      isHost: destination !== undefined && !isDefault && (!text.includes('/') || /\/(32|128)$/.test(text)),
      isDefault,
      tool,
    },
  ];
}
