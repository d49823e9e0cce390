import { expect, test } from 'vitest';
import { readIpvsadm } from '../../grammars/ipvsadm/read.ts';
import { sourceOf } from '../support/source.ts';

/*
 * What ipvsadm 1.31 refuses, each row asked of the program on a 6.1 kernel: the line, the words that the fault
 * underlines, and a part of what it says. A row that the program takes makes the test fail as well as the reverse.
 */
const SMTP = '-A -t 203.0.113.5:25';
const BACK = '-a -t 203.0.113.5:25 -r 10.8.0.1:25';

test.each([
  // The command
  ['-t 203.0.113.5:25 -A', '-t', 'begins with a command'],
  ['mail -C', 'mail', 'unexpected argument'],
  ['mail', 'mail', 'begins with a command'],
  ['-nL', '-nL', 'begins with a command'],
  ['-V', '-V', 'begins with a command'],
  ['--flush', '--flush', 'begins with a command'],
  ['/usr/sbin/ipvsadm -A -t 203.0.113.5:25', '/usr/sbin/ipvsadm', 'unexpected argument'],
  ['-R', '-R', 'in a table that it restores'],
  ['-AC', '-AC', 'a second command'],
  [`${SMTP} -D`, '-D', 'a second command'],
  [`${SMTP} --help`, '--help', 'a second command'],
  ['-P -t 203.0.113.5:25 -z 10.8.0.9', '-P', 'only forks'],
  // Options
  [`${SMTP} -s rr more`, 'more', 'unexpected argument'],
  [`${SMTP} # mail`, '#', 'unexpected argument'],
  [`${SMTP} -`, '-', 'unexpected argument'],
  [`${SMTP} -- -s`, '-s', 'unexpected argument'],
  [`${SMTP} -sched lc`, 'lc', 'unexpected argument'],
  [`${SMTP} -s rr -s lc`, '-s', 'a second scheduler'],
  [`${SMTP} -u 203.0.113.5:25`, '-u', 'a second service-address'],
  [`${SMTP} -f 4`, '-f', 'a second service-address'],
  [`${SMTP} -w 2`, '-w', 'illegal with -A'],
  [`${SMTP} -n`, '-n', 'illegal with -A'],
  ['-D -t 203.0.113.5:25 -s rr', '-s', 'illegal with -D'],
  ['-d -t 203.0.113.5:25 -r 10.8.0.1 -m', '-m', 'illegal with -d'],
  ['-C -t 203.0.113.5:25', '-t', 'illegal with -C'],
  ['-S -c', '-c', 'illegal with -S'],
  [`${SMTP} --sched rr`, '--sched', 'unknown option'],
  [`${SMTP} -O`, '-O', 'unknown option'],
  [`${SMTP} -p -9`, '-9', 'unknown option'],
  [`${SMTP} --ops=1`, '--ops=1', 'takes no argument'],
  [`${SMTP} -o=1`, '-o=1', 'takes no argument'],
  [`${SMTP} -s`, '-s', 'argument is missing'],
  [`${SMTP} -s ipvsadm`, '-s', 'argument is missing'],
  ['-A -s rr', '-A -s rr', 'service-address is missing'],
  ['-a -t 203.0.113.5:25', '-a -t 203.0.113.5:25', 'real-server is missing'],
  ['-L -t 203.0.113.5:25 -c', '-c', 'conflicts with -t'],
  ['-L --daemon --timeout', '--timeout', 'conflicts with --daemon'],
  ['-L -c --rate', '--rate', 'conflicts with -c'],
  ['-L --timeout --persistent-conn', '--persistent-conn', 'conflicts with --timeout'],
  // Addresses, ports, marks
  ['-A -t 203.0.113.5 -s rr', '203.0.113.5', 'port 0 needs persistence'],
  ['-E -t 203.0.113.5:0', '203.0.113.5:0', 'port 0 needs persistence'],
  ['-A -t 2001:db8::5:25', '2001:db8::5:25', 'port 0 needs persistence'],
  ['-A -t [203.0.113.5]:25', '[203.0.113.5]:25', 'port 0 needs persistence'],
  ['-A -t 203.0.113.5:65536', '203.0.113.5:65536', '65536 is not a port'],
  ['-A -t 203.0.113.5:25x', '203.0.113.5:25x', '25x is not a port'],
  ['-A -t 203.0.113.5:0x19', '203.0.113.5:0x19', '0x19 is not a port'],
  ['-A -t 203.0.113.5:', '203.0.113.5:', 'empty'],
  ['-A -t 203.0.113.256:25', '203.0.113.256:25', '203.0.113.256 is not an address'],
  ['-A -t 203.0.113.08:25', '203.0.113.08:25', 'is not an address'],
  ['-A -t 203.0.113.5.6:25', '203.0.113.5.6:25', 'is not an address'],
  ['-A -t 2001:db8::g:25', '2001:db8::g:25', 'is not an address'],
  ['-A -t [2001:db8::5] -p', '[2001:db8::5]', 'brackets need a port'],
  ['-A -t [fe80::5%eth0]:25', '[fe80::5%eth0]:25', 'is not an address'],
  ['-A -t :25', ':25', 'empty'],
  ['-A -t 25', '25', 'address is missing'],
  ['-A -f 0', '0', 'not a mark'],
  ['-A -f 0x1f', '0x1f', 'not a mark'],
  ['-A -f 4294967296', '4294967296', 'not a mark'],
  ['-A -f -2', '-2', 'a mark above 2147483647'],
  ['-A -6 -f 4', '-6', 'behind -f'],
  [`${SMTP} -6`, '-6', 'behind -f'],
  // Service options
  [`${SMTP} -o`, '-o', 'UDP and firewall marks only'],
  [`${SMTP} -p 0`, '0', 'not a timeout'],
  [`${SMTP} -p 2678401`, '2678401', 'not a timeout'],
  [`${SMTP} --persistent=`, '', 'not a timeout'],
  [`${SMTP} -p -M mask`, 'mask', 'not an IPv4 mask'],
  ['-A -t [2001:db8::5]:25 -p -M 129', '129', 'not an IPv6 prefix length'],
  ['-A -t [2001:db8::5]:25 -p -M 0', '0', 'not an IPv6 prefix length'],
  [`${SMTP} -s lc -b mh-port`, 'mh-port', 'does not belong to scheduler lc'],
  [`${SMTP} -b sh-port`, 'sh-port', 'does not belong to scheduler wlc'],
  [`${SMTP} -s sh -b flag-1,sh-prot`, 'flag-1,sh-prot', 'sh-prot is no scheduler flag'],
  // Server options
  [`${BACK} -g -i`, '-i', 'a second forwarding-method'],
  [`${BACK} -r 10.8.0.2`, '-r', 'a second real-server'],
  [`${BACK} -w -2`, '-2', 'not a weight'],
  [`${BACK} -w 2.5`, '2.5', 'not a weight'],
  [`${BACK} -w 2147483648`, '2147483648', 'not a weight'],
  [`${BACK} -x 2147483648`, '2147483648', 'not a threshold'],
  [`${BACK} -y few`, 'few', 'not a threshold'],
  [`${BACK} -i --tun-type vxlan`, 'vxlan', 'not a tunnel type'],
  [`${BACK} -i --tun-type gue`, 'gue', 'needs --tun-port'],
  [`${BACK} -i --tun-type gue --tun-port 0`, '0', 'not a port'],
  [
    `${BACK} -i --tun-type gue --tun-port 9 --tun-csum --tun-nocsum`,
    '--tun-nocsum',
    'conflicts with --tun-csum',
  ],
  [`${BACK} -i --tun-type gre --tun-remcsum`, '--tun-remcsum', 'illegal with tunnel type gre'],
  [`${BACK} -i --tun-type gre --tun-port 9`, '--tun-port', 'illegal with tunnel type gre'],
  [`${BACK} -i --tun-csum`, '--tun-csum', 'illegal with tunnel type ipip'],
  [`${BACK} -m --tun-type ipip`, '--tun-type', 'with -i only'],
  [`${BACK} --tun-port 9`, '--tun-port', 'with -i only'],
  ['-a -t 203.0.113.5:25 -r [2001:db8::1]:25 -m', '[2001:db8::1]:25', 'works only with -i'],
  ['-a -t [2001:db8::5]:25 -r 10.8.0.1:25', '10.8.0.1:25', 'works only with -i'],
  ['-a -f 4 -r [2001:db8::1]:0', '[2001:db8::1]:0', 'works only with -i'],
  [`${BACK} -b`, '-b', 'only forks'],
  // Timeouts and sync daemons
  ['--set 1 2', '--set', 'three timeouts'],
  ['--set 1 2 3 4', '4', 'unexpected argument'],
  ['--set 1 two 3', 'two', 'not a timeout'],
  ['--set 0 0 2678401', '2678401', 'not a timeout'],
  ['--start-daemon both', 'both', 'not a state'],
  ['--start-daemon', '--start-daemon', 'argument is missing'],
  ['--start-daemon master --syncid 256', '256', 'not a sync id'],
  ['--start-daemon master --sync-maxlen 0', '0', 'not a length'],
  ['--start-daemon master --mcast-group 10.8.0.1', '10.8.0.1', 'not a multicast address'],
  ['--start-daemon master --mcast-port 0', '0', 'not a port'],
  ['--start-daemon master --mcast-ttl 256', '256', 'not a TTL'],
  ['--stop-daemon backup --mcast-interface eth1', '--mcast-interface', 'illegal with --stop-daemon'],
])('%s', (line, place, reason) => {
  const source = sourceOf(line, 'ipvsadm-save');
  const [fault, ...others] = readIpvsadm(source).faults;
  expect(others).toEqual([]);
  expect(fault?.kind).toBe('refused-command');
  expect(fault?.message).toContain(reason);
  expect(line.slice(fault?.at.range.start, fault?.at.range.end)).toBe(place);
});

test.each([
  [`${SMTP} --wieght 3`, 'Write --weight.'],
  [`${SMTP} --sched rr`, undefined],
  [`${SMTP} --sched-f flag-1`, 'Write --sched-flags.'],
  [`${SMTP} --bers 5`, undefined],
  ['--add-serv -t 203.0.113.5:25', undefined],
  ['--add-servi -t 203.0.113.5:25', 'Write --add-service.'],
  [`${SMTP} -s "rr wrr"`, 'Leave the quotes away, they are part of the word.'],
  ['-A -f -2', 'Write -f 4294967294.'],
  ['-A -t 2001:db8::5:25', 'Write [ADDRESS]:PORT, without brackets all of it is read as the address.'],
  ['-a -f 4 -r [2001:db8::1]:0', 'A mark for IPv6 is written -f MARK -6.'],
])('what to write instead of %s', (line, remedy) => {
  expect(readIpvsadm(sourceOf(line, 'ipvsadm-save')).faults[0]?.remedy).toBe(remedy);
});
