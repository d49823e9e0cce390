import { describe, expect, test } from 'vitest';
import { type IpvsadmReading, readIpvsadmCommand } from '../../grammars/ipvsadm/read.ts';
import { type Word, wordAt } from '../../grammars/tree.ts';
import { sourceOf } from '../support/source.ts';

/** Words as a script hands them over: `$` in a word makes it one that nobody can resolve. */
function read(line: string): IpvsadmReading {
  const source = sourceOf(line, 'script');
  const words: Word[] = [...line.matchAll(/\S+/g)].map(({ 0: text, index }) =>
    wordAt(source, text, index, index + text.length, text.includes('$')),
  );
  return readIpvsadmCommand(words);
}

function commandOf(line: string): NonNullable<IpvsadmReading['command']> {
  const { command, faults } = read(line);
  expect(faults).toEqual([]);
  if (command === undefined) throw new Error(`no command in ${line}`);
  return command;
}

describe('spellings', () => {
  const plain = '-a -t 203.0.113.5:25 -r 10.8.0.1:2525 -m -w 3';
  test.each([
    '-at203.0.113.5:25 -r10.8.0.1:2525 -mw3',
    '-a -t=203.0.113.5:25 -r=10.8.0.1:2525 -m -w=3',
    '--add-server --tcp-service 203.0.113.5:25 --real-server 10.8.0.1:2525 --masquerading --weight 3',
    '--add-server --tcp-service=203.0.113.5:25 --real-server=10.8.0.1:2525 --masquerading --weight=3',
    '-a -t 203.0.113.5:smtp -r 10.8.0.1:2525 -m -w +03',
    '-a -t 0313.0.0x7105:25 -r 10.8.1:02525 -m -w 3 --sort',
  ])('%s', (line) => {
    const values = (text: string): unknown => {
      const { action, service, server, method, weight } = commandOf(text);
      const part = { family: service?.family, protocol: service?.protocol, action, method: method?.value };
      const ends = [service?.address, service?.port, server?.address, server?.port, weight];
      return [part, ends.map((given) => given?.value)];
    };
    expect(values(line)).toEqual(values(plain));
  });

  test('-p takes the next word unless it looks like an option, and means 360 seconds alone', () => {
    expect(commandOf('-A -t 203.0.113.5:25 -p 60').persistence).toMatchObject({ value: 60 });
    expect(commandOf('-A -t 203.0.113.5:25 -p -s rr').persistence).toMatchObject({
      value: 360,
      assumed: true,
    });
    expect(commandOf('-A -p -t 203.0.113.5:25').persistence).toMatchObject({ value: 360, assumed: true });
    expect(commandOf('-A -u 203.0.113.5:25 -op60').persistence).toMatchObject({ value: 60 });
  });

  test('an option that needs a value takes the next word whatever it looks like', () => {
    expect(commandOf('-A -t 203.0.113.5:25 -s -p').scheduler).toMatchObject({ value: '-p' });
  });

  test('values are placed where they stand, glued or not', () => {
    const line = '-A -t203.0.113.5:25 --scheduler=mh -bmh-port,mh-fallback';
    const { service, scheduler, schedulerFlags } = commandOf(line);
    const given = [service, scheduler, ...(schedulerFlags ?? [])];
    const cut = given.map((each) => line.slice(each?.at.place.range.start, each?.at.place.range.end));
    expect(cut).toEqual(['203.0.113.5:25', 'mh', 'mh-port', 'mh-fallback']);
  });

  test('a mask before an IPv6 service is overwritten', () => {
    expect(commandOf('-A -M 64 -t [2001:db8::5]:25 -p').netmask).toBeUndefined();
    expect(commandOf('-A -t [2001:db8::5]:25 -p -M 64').netmask?.value).toBe('64');
    expect(commandOf('-A -t 203.0.113.5:25 -p -M 24').netmask?.value).toBe('0.0.0.24');
  });
});

describe('other commands', () => {
  test('--set, daemons, and listings', () => {
    expect(commandOf('--set 900 0 10').timeouts?.map((given) => given.value)).toEqual([900, 0, 10]);
    const daemon = commandOf('--start-daemon backup --mcast-interface eth1 --syncid 7');
    expect([daemon.daemonState, daemon.daemonInterface, daemon.syncId].map((given) => given?.value)).toEqual([
      'backup',
      'eth1',
      7,
    ]);
    expect(commandOf('-Ln --stats --exact').action).toBe('list');
    expect(commandOf('-h and what follows').action).toBe('help');
    expect(commandOf('-C').action).toBe('clear');
    expect(commandOf('-R').action).toBe('restore');
    expect(commandOf('-Sn').action).toBe('save');
  });

  test('no words at all list the table', () => {
    const line = wordAt(sourceOf('ipvsadm', 'script'), 'ipvsadm', 0, 7);
    expect(readIpvsadmCommand([], line).command?.action).toBe('list');
    expect(readIpvsadmCommand([]).command).toBeUndefined();
  });
});

describe('what only the running shell knows', () => {
  test('an unknown value is unknown, never a fault', () => {
    const command = commandOf('-a -t $VIP:80 -r $RIP -w $W -x $X -m');
    const { service, server, weight, upperThreshold, uncertain } = command;
    expect(service).toMatchObject({ protocol: 'TCP', address: { value: undefined }, port: { value: 80 } });
    expect(server?.address.value).toBeUndefined();
    expect([weight?.value, upperThreshold?.value, uncertain]).toEqual([undefined, undefined, false]);
  });

  test('what is literal in a word with a variable is known', () => {
    const { service } = commandOf('-A -t 203.0.113.5:$PORT -s $S -p $T -b $B');
    expect(service).toMatchObject({ address: { value: '203.0.113.5' }, port: { value: undefined } });
    expect(commandOf('-A -t ${VIP:-203.0.113.5}:25').service?.port?.value).toBe(25);
    expect(commandOf('-A -t 203.0.113.$N:25').service?.address?.value).toBeUndefined();
    expect(commandOf('-A -t $VIP').service?.port?.value).toBeUndefined();
  });

  test.each([
    '-A -t $VIP -s $S -M $M',
    '-A $SERVICE -s rr',
    '-a -t 203.0.113.5:25 $REST',
    '-a -t 203.0.113.5:25 -r $RIP $METHOD -w 3 more',
    '-a -t 203.0.113.5:25 -r [2001:db8::1]:25 $METHOD',
    '-a -t $VIP:25 -r [2001:db8::1]:25',
    '-a -f $MARK -r 10.8.0.1',
    '-A -u $VIP:25 -o -p$T',
    '-$A -t 203.0.113.5:25',
    '$COMMAND -t 203.0.113.5:25',
    '$COMMAND',
    '--set $TCP $FIN $UDP',
    '--set $ALL',
    '--start-daemon $STATE --syncid $ID --mcast-group $GROUP --mcast-interface $IF',
    '-a -t 203.0.113.5:25 -r 10.8.0.1 -i --tun-type $TYPE --tun-port $PORT',
    '-A -t 203.0.113.5:25 -s $S -b sh-port',
  ])('%s is not called wrong', (line) => {
    expect(read(line).faults).toEqual([]);
  });

  test('a word that may be any option makes the command uncertain', () => {
    expect(commandOf('-a -t 203.0.113.5:25 -r 10.8.0.1 $METHOD').uncertain).toBe(true);
    expect(read('$COMMAND -t 203.0.113.5:25').command).toBeUndefined();
  });

  test('what is literal is judged all the same', () => {
    expect(read('-a -t $VIP:25 -r $RIP -w x').faults).toHaveLength(1);
    expect(read('-A -t $VIP:25 -O').faults).toHaveLength(1);
  });
});
