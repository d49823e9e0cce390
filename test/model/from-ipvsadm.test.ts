import { describe, expect, test } from 'vitest';
import { type IpvsadmCommand, readIpvsadm, readIpvsadmCommand } from '../../grammars/ipvsadm/read.ts';
import { wordAt } from '../../grammars/tree.ts';
import { servicesFromCommands, servicesFromIpvsadm } from '../../src/model/from-ipvsadm.ts';
import { sourceOf } from '../support/source.ts';

const load = (text: string) =>
  servicesFromIpvsadm(readIpvsadm(sourceOf(text, 'ipvsadm-save', { host: 'lb1' })));

const SMTP = '-A -t 203.0.113.5:25 -s wlc';

/* The kernel's own complaints; the program prints them and goes on. */
describe('what the kernel refuses', () => {
  const server = '-a -t 203.0.113.5:25 -r 10.8.0.1:25';
  test.each([
    [`${SMTP}\n${SMTP}`, 'a second service 203.0.113.5:25/TCP: it exists already'],
    [`${SMTP}\n${server} -m\n-a -t 203.0.113.5:25 -r 10.8.0.1`, 'a second real server 10.8.0.1:25'],
    ['-A -t 203.0.113.6:25\n-a -t 203.0.113.5:25 -r 10.8.0.1:25', 'no line above adds the service'],
    [
      `${server}\n${SMTP}`,
      'real server 10.8.0.1:25 of service 203.0.113.5:25/TCP: no line above adds the service',
    ],
    ['-E -t 203.0.113.5:25 -s rr', 'a change of service 203.0.113.5:25/TCP'],
    ['-D -f 4', 'a change of service fwmark 4'],
    ['-Z -f 4 -6', 'a change of service fwmark 4 (IPv6)'],
    [`${SMTP}\n-e -t 203.0.113.5:25 -r 10.8.0.9:25`, 'has no such server'],
    [`${SMTP}\n${server}0 -g\n-d -t 203.0.113.5:25 -r 10.8.0.1:250`, 'has no such server'],
    ['-A -t 203.0.113.5:25 -s RR', 'it has no scheduler RR'],
    [`${SMTP}\n-E -t 203.0.113.5:25 -s none`, 'it has no scheduler none'],
    [`${SMTP}\n-a -t 203.0.113.5:25 -r 0.0.0.0`, "0.0.0.0 is no host's address"],
    [`${SMTP}\n-a -t 203.0.113.5:25 -r 239.1.1.1`, "239.1.1.1 is no host's address"],
    ['-A -f 4 -6\n-a -f 4 -6 -r [fe80::1]:0', "fe80::1 is no host's address"],
    ['-A -f 4 -6\n-a -f 4 -6 -r [::ffff:10.8.0.1]:0', "is no host's address"],
  ])('%j', (text, message) => {
    const { faults } = load(text);
    expect(faults.map((fault) => fault.kind)).toEqual(['refused-command']);
    expect(faults[0]?.message).toMatch(/^the kernel refuses /);
    expect(faults[0]?.message).toContain(message);
  });

  test('a second service keeps the first one, and does not complain about its servers again', () => {
    const block = `${SMTP} -p 60\n${server}\n-a -t 203.0.113.5:25 -r 10.8.0.2:25\n`;
    const { services, faults } = load(block + block.replace(' -p 60', ''));
    expect(services).toHaveLength(1);
    expect(services[0]?.persistence?.value).toBe(60);
    expect(services[0]?.realServers).toHaveLength(2);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.related?.[0]?.at.range.start).toBe(0);
  });

  test('a server before its service points at the line that comes too late', () => {
    const text = `${server}\n${SMTP}`;
    const [fault] = load(text).faults;
    expect(fault?.related?.[0]?.at.range).toEqual({ start: server.length + 1, end: text.length });
  });

  test('names may be any address: what is missing is not judged', () => {
    expect(load('-A -t mail:25\n-a -t 203.0.113.5:25 -r web1:25').faults).toEqual([]);
    expect(load(`-A\n${server}`).faults).toEqual([]);
    const [fault] = load('-A -t mail:25\n-a -t mail:25 -r web1:25\n-a -t mail:25 -r web1:25').faults;
    expect(fault?.remedy).toContain('ipvsadm-save -n');
  });
});

test('a running table is not told that it is refused', () => {
  const text = `${SMTP}\n-a -t 203.0.113.5:25 -r web:25 -g -w 1\n-a -t 203.0.113.5:25 -r web:25 -g -w 1\n`;
  const source = sourceOf(text, 'ipvsadm-save', { basis: 'observed' });
  const { services, faults } = servicesFromIpvsadm(readIpvsadm(source));
  expect(faults).toEqual([]);
  expect(services[0]?.scheduler.basis).toBe('observed');
});

describe('facts', () => {
  test('what is left out is a default at the command', () => {
    const text = '-A -t 203.0.113.5:25 -p\n-a -t 203.0.113.5:25 -r 10.8.0.1';
    const [service] = load(text).services;
    const [server] = service?.realServers ?? [];
    const facts = [service?.scheduler, service?.persistence, service?.method, server?.weight, server?.method];
    expect(facts.map((fact) => [fact?.value, fact?.basis])).toEqual([
      ['wlc', 'default'],
      [360, 'default'],
      ['DR', 'default'],
      [1, 'default'],
      ['DR', 'default'],
    ]);
    expect(text.slice(server?.weight.place.range.start, server?.weight.place.range.end)).toBe(
      text.split('\n')[1],
    );
    expect(server?.port).toBeUndefined();
  });

  test('what is written is a fact of its own word; a port that DR ignores stays visible', () => {
    const text = '-A -t 203.0.113.5:25 -s rr\n-a -t 203.0.113.5:25 -r 10.8.0.1:2525 -g -w 7 -x 9';
    const [service] = load(text).services;
    const [server] = service?.realServers ?? [];
    const cut = (fact: { place: { range: { start: number; end: number } } } | undefined) =>
      text.slice(fact?.place.range.start, fact?.place.range.end);
    expect(
      [service?.scheduler, server?.port, server?.method, server?.weight, server?.upperThreshold].map(cut),
    ).toEqual(['rr', '10.8.0.1:2525', '-g', '7', '9']);
    expect(server?.port?.value).toBe(2525);
    expect(server?.weight.basis).toBe('written');
  });

  test('ids and labels go by what the kernel knows', () => {
    const { services } = load(
      [
        '-A -t 203.0.113.5:25',
        '-a -t 203.0.113.5:25 -r 10.8.0.1:2525 -g',
        '-A -f 4 -6',
        '-a -f 4 -6 -r [2001:DB8::1]:0',
        '-A -u mail:domain',
      ].join('\n'),
    );
    expect(services.map((service) => [service.id, service.label, service.endpoints[0]?.key])).toEqual([
      ['lb1/TCP 203.0.113.5:25', '203.0.113.5:25/TCP', 'TCP 203.0.113.5:25'],
      ['lb1/FWM 4/6', 'fwmark 4 (IPv6)', 'FWM 4/6'],
      ['lb1/UDP mail:53', 'mail:53/UDP', 'UDP mail:53'],
    ]);
    expect(services.flatMap((service) => service.realServers.map((server) => server.id))).toEqual([
      'lb1/TCP 203.0.113.5:25/real_server 10.8.0.1:25',
      'lb1/FWM 4/6/real_server [2001:db8::1]:0',
    ]);
  });
});

describe('the commands of a script', () => {
  function run(...lines: string[]) {
    const commands = lines.map((line): IpvsadmCommand | undefined => {
      const source = sourceOf(line, 'script');
      const words = [...line.matchAll(/\S+/g)].map(({ 0: text, index }) =>
        wordAt(source, text, index, index + text.length, text.includes('$')),
      );
      return readIpvsadmCommand(words).command;
    });
    return servicesFromCommands(
      commands.filter((command) => command !== undefined),
      'lb1',
      'script',
    );
  }

  test('a service and its servers meet by the text of an unknown address', () => {
    const { services, faults } = run(
      '-C',
      '-A -t $VIP:80 -s rr',
      '-a -t $VIP:80 -r $RIP1 -g',
      '-a -t $VIP:80 -r $RIP2 -g -w $W',
    );
    expect(faults).toEqual([]);
    const [service] = services;
    expect(service).toMatchObject({ manager: 'script', label: '$VIP:80/TCP' });
    expect(service?.endpoints[0]?.address).toBeUndefined();
    expect(service?.endpoints[0]?.port?.value).toBe(80);
    expect(service?.realServers.map((server) => server.address.value)).toEqual(['$RIP1', '$RIP2']);
    expect(service?.realServers[1]?.weight.value).toBeNaN();
  });

  test('nothing is said to be refused: the branch may not run, the table may hold more', () => {
    const line = '-a -t 203.0.113.5:25 -r 10.8.0.1';
    expect(run(line, '-A -t 203.0.113.5:25', line, line, '-A -t 203.0.113.5:25').faults).toEqual([]);
  });

  test('a server whose method nobody knows is left out', () => {
    const { services } = run(
      '-A -t 203.0.113.5:25',
      '-a -t 203.0.113.5:25 -r 10.8.0.1 $METHOD',
      '-a -t 203.0.113.5:25 -r 10.8.0.2 -m $REST',
    );
    expect(services[0]?.realServers.map((server) => server.label)).toEqual(['10.8.0.2:25']);
  });
});
