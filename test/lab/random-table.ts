import fc from 'fast-check';

/* Lines that `ipvsadm -R` of 1.31 takes; the kernel may refuse some of them, because something is there or is not. */

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const octet = fc.integer({ min: 1, max: 223 });
const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));

/** Few, so that lines meet one another; some in spellings that inet_aton(3) and inet_pton(3) take. */
const IPV4 = fc.oneof(
  { weight: 6, arbitrary: pick('192.0.2.10', '192.0.2.11', '10.0.0.1', '10.0.0.2', '127.0.0.1') },
  { weight: 1, arbitrary: pick('10.1', '0x0a000002', '010.0.0.4', '192.0.522', '0xc0.0.2.0x0b') },
  { weight: 2, arbitrary: fc.tuple(octet, octet, octet, octet).map((all) => all.join('.')) },
);
const IPV6 = fc.oneof(
  { weight: 6, arbitrary: pick('2001:db8::10', '2001:db8::2', '::1', '2001:DB8:0:0::10') },
  { weight: 1, arbitrary: pick('::192.0.2.1', '::1:2', '64:ff9b::a00:1', '2001:db8:0:1:0:0:0:1') },
  {
    weight: 2,
    arbitrary: fc.tuple(group, group, group, group, group).map((all) => `2001:${all.join(':')}:0:0`),
  },
  { weight: 2, arbitrary: fc.tuple(group, group).map(([a, b]) => `2001:db8::${a}:0:${b}:0`) },
);
/** No names: whether `http` stands for a port of SCTP or UDP differs between hosts. */
const PORT = fc.oneof(
  { weight: 5, arbitrary: pick('80', '443', '8080') },
  { weight: 1, arbitrary: pick('0053', '65535') },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 65535 }).map(String) },
);

/** A service as a target of a line, with what decides which options it may have. */
interface Target {
  readonly words: string;
  readonly family: 4 | 6;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | 'mark';
  readonly needsPersistence: boolean;
}

const spelled = (short: string, long: string, value: string): fc.Arbitrary<string> =>
  pick(`-${short} ${value}`, `--${long} ${value}`, `--${long}=${value}`, `-${short}${value}`);

const PROTOCOL = pick('TCP' as const, 'UDP' as const, 'SCTP' as const);
const TARGET: fc.Arbitrary<Target> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(PROTOCOL, pick(4, 6), IPV4, IPV6, PORT, fc.boolean()).map((parts) => {
      const [protocol, family, ipv4, ipv6, given, isLong] = parts;
      const port = protocol === 'TCP' && given === '80' && isLong ? 'http' : given;
      const text = family === 4 ? `${ipv4}:${port}` : `[${ipv6}]:${port}`;
      const options = { TCP: '-t', UDP: '-u', SCTP: '--sctp-service' };
      const long = { TCP: '--tcp-service', UDP: '--udp-service', SCTP: '--sctp-service' };
      const words = `${(isLong ? long : options)[protocol]} ${text}`;
      return { words, family, protocol, needsPersistence: false } as Target;
    }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(pick('-t', '-u'), pick(4, 6), IPV4, IPV6, pick('', ':0')).map((parts) => {
      const [option, family, ipv4, ipv6, port] = parts;
      const text = family === 4 ? ipv4 + port : port === '' ? ipv6 : `[${ipv6}]:0`;
      const protocol = option === '-t' ? 'TCP' : 'UDP';
      return { words: `${option} ${text}`, family, protocol, needsPersistence: true } as Target;
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(pick('1', '5', '6', '2147483647', '4000000000'), pick(4, 6)).map(([mark, family]) => {
      const words = `-f ${mark}${family === 6 ? ' -6' : ''}`;
      return { words, family, protocol: 'mark', needsPersistence: false } as Target;
    }),
  },
);

const NAMED_FLAGS = ['sh', 'mh'].flatMap((name) => [`${name}-port`, `${name}-fallback`]);
const SCHEDULERS = 'rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh'.split(' ');
/** Nothing, or what is given. */
const maybe = (arbitrary: fc.Arbitrary<string>, nothing = 3, given = 1): fc.Arbitrary<string> =>
  fc.oneof({ weight: nothing, arbitrary: fc.constant('') }, { weight: given, arbitrary });

const SCHEDULER = pick(...SCHEDULERS).chain((name) => {
  const own = NAMED_FLAGS.filter((flag) => flag.startsWith(`${name}-`));
  const flags = fc.subarray(['flag-3', 'flag-1', 'flag-2', ...own], { minLength: 1, maxLength: 3 });
  const given = flags.chain((all) => spelled('b', 'sched-flags', all.join(',')));
  return fc.tuple(spelled('s', 'scheduler', name), maybe(given, 2)).map((words) => words.join(' '));
});

const SECONDS = fc.oneof(pick('1', '300', '2678400'), fc.integer({ min: 1, max: 100_000 }).map(String));

function persistence(family: 4 | 6, needed: boolean): fc.Arbitrary<string> {
  const timeout = fc.oneof(
    pick('-p', '--persistent'),
    SECONDS.chain((value) => spelled('p', 'persistent', value)),
  );
  const prefix = fc.integer({ min: 1, max: 128 }).map(String);
  const mask =
    family === 6 ? prefix : pick('255.255.255.0', '255.255.255.255', '0.0.0.24', '255.0.0.0', '24');
  const words = fc.tuple(
    timeout,
    maybe(
      mask.chain((value) => spelled('M', 'netmask', value)),
      1,
    ),
  );
  const given = words.map((all) => all.join(' '));
  return needed ? given : maybe(given, 1);
}

function serviceOptions(target: Target): fc.Arbitrary<string> {
  const takesOnePacket = target.protocol === 'UDP' || target.protocol === 'mark';
  return fc
    .tuple(
      maybe(SCHEDULER, 1, 4),
      persistence(target.family, target.needsPersistence),
      maybe(pick('--pe sip', '--pe=sip'), 5),
      takesOnePacket ? maybe(pick('-o', '--ops')) : fc.constant(''),
    )
    .chain((words) => fc.shuffledSubarray(words, { minLength: words.length }))
    .map((words) => words.join(' '));
}

const TUNNEL = fc.oneof(
  pick('', '--tun-type ipip'),
  pick('', ' --tun-nocsum', ' --tun-csum').map((checksum) => `--tun-type gre${checksum}`),
  fc
    .tuple(fc.integer({ min: 1, max: 65535 }), pick('', ' --tun-nocsum', ' --tun-csum', ' --tun-remcsum'))
    .map(([port, checksum]) => `--tun-type gue --tun-port ${port}${checksum}`),
);
const WEIGHT = fc.oneof(pick('0', '1', '100', '65535', '2147483647'), fc.nat(1000).map(String));
const LIMITS = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(500)).map(([lower, more]) => {
  return `-x ${lower + more} -y ${lower}`;
});

/** `-r ADDRESS[:PORT]` of one family. */
function realServer(family: 4 | 6): fc.Arbitrary<string> {
  return fc.tuple(IPV4, IPV6, maybe(PORT, 1, 2)).map(([ipv4, ipv6, port]) => {
    const bare = family === 4 ? ipv4 : port === '' ? ipv6 : `[${ipv6}]`;
    return `-r ${bare}${port && `:${port}`}`;
  });
}

/** What stands behind the address; tunnels alone may lead to the other family. */
const SERVER_OPTIONS = (isTunnel: boolean): fc.Arbitrary<string> => {
  const tunnel = fc.tuple(pick('-i', '--ipip'), TUNNEL).map((words) => words.join(' '));
  const method = isTunnel ? tunnel : pick('', '-g', '--gatewaying', '-m', '-m', '--masquerading');
  const weight = maybe(
    WEIGHT.chain((value) => spelled('w', 'weight', value)),
    1,
  );
  return fc.tuple(method, weight, maybe(LIMITS)).map((words) => words.join(' '));
};

interface Real {
  readonly words: string;
  readonly isTunnel: boolean;
}

function real(target: Target): fc.Arbitrary<Real> {
  return fc.tuple(pick(true, false, false), pick(true, false, false)).chain(([isTunnel, isOther]) => {
    const family = isTunnel && isOther ? (target.family === 4 ? 6 : 4) : target.family;
    return realServer(family).map((words) => ({ words, isTunnel }));
  });
}

/** The lines about one service: it, its servers, then what is changed, repeated or taken back. */
const SERVICE: fc.Arbitrary<readonly string[]> = TARGET.chain((target) => {
  const service = (action: string) =>
    serviceOptions(target).map((options) => `${action} ${target.words} ${options}`);
  return fc.array(real(target), { maxLength: 5 }).chain((reals) => {
    const line = (action: string, { words, isTunnel }: Real) =>
      SERVER_OPTIONS(isTunnel).map((options) => `${action} ${target.words} ${words} ${options}`);
    const any = reals.length === 0 ? real(target) : pick(...reals);
    const change = fc.oneof(
      { weight: 4, arbitrary: any.chain((each) => line('-e', each)) },
      { weight: 2, arbitrary: any.chain((each) => line(each.isTunnel ? '-a' : '--add-server', each)) },
      { weight: 2, arbitrary: any.map(({ words }) => `-d ${target.words} ${words}`) },
      { weight: 2, arbitrary: service('-E') },
      { weight: 1, arbitrary: service('-A') },
      { weight: 1, arbitrary: pick(`-D ${target.words}`, `-Z ${target.words}`) },
    );
    return fc
      .tuple(
        service('-A'),
        fc.tuple(...reals.map((each) => line('-a', each))),
        fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(change, { maxLength: 3 })),
      )
      .map(([first, servers, changes]) => [first, ...servers, ...changes]);
  });
});

/** A whole file: services, blank lines, words that the program passes over. */
export const TABLE: fc.Arbitrary<string> = fc
  .tuple(fc.array(SERVICE, { minLength: 1, maxLength: 6 }), pick('\n', '\n', '\r\n', '\n\n', '\nipvsadm '))
  .map(([services, between]) => `${services.flat().join(between)}\n`);
