import { describe, expect, test } from 'vitest';
import { commandsOf, standsAt, stepsOf } from '../support/script.ts';

describe('ipvsadm', () => {
  test('what only looks is passed over', () => {
    expect(commandsOf('ipvsadm\nipvsadm -Ln --stats\nipvsadm -h\n')).toEqual([]);
  });

  test('the table, the daemons and the saved table', () => {
    const text = `ipvsadm --start-daemon master --mcast-interface eth1 --syncid 7
ipvsadm --stop-daemon master
ipvsadm -Sn > /etc/ipvsadm.rules
ipvsadm-restore < /etc/ipvsadm.rules
cat /etc/ipvsadm.rules | ipvsadm -R
service ipvsadm save
`;
    expect(commandsOf(text).map(({ does }) => does)).toEqual([
      'start-sync-daemon',
      'stop-sync-daemon',
      'save-table',
      'restore-table',
      'restore-table',
      'service-manager',
      'save-table',
    ]);
    expect(stepsOf(text, 'start-sync-daemon')[0]).toMatchObject({
      state: { value: 'master' },
      interface: { value: 'eth1' },
      syncId: { value: 7 },
    });
    expect(stepsOf(text, 'restore-table').map(({ file }) => file?.value)).toEqual([
      '/etc/ipvsadm.rules',
      '/etc/ipvsadm.rules',
    ]);
    expect(stepsOf(text, 'save-table').map(({ file }) => [file?.value, file?.basis])).toEqual([
      ['/etc/ipvsadm.rules', 'written'],
      ['/etc/sysconfig/ipvsadm', 'default'],
    ]);
  });

  test('rules in a here-document are commands of their own', () => {
    const text =
      'VIP=192.0.2.1\nipvsadm -R <<EOF\n# note\n-A -t $VIP:80 -s rr\n-a -t 192.0.2.1:80 -r 192.0.2.2:80 -g\nEOF\n';
    const [service, server] = stepsOf(text, 'ipvs');
    expect(service?.ipvsadm?.service?.address?.value).toBe('192.0.2.1');
    expect(server?.words.map((word) => standsAt(word))).toEqual([
      '-a',
      '-t',
      '192.0.2.1:80',
      '-r',
      '192.0.2.2:80',
      '-g',
    ]);
    expect(standsAt(server as never)).toBe('-a -t 192.0.2.1:80 -r 192.0.2.2:80 -g');
  });

  test('a word that nobody knows stays unknown', () => {
    const [command] = stepsOf('ipvsadm -A -t $VIP:80 -s rr', 'ipvs');
    expect(command?.words[3]).toMatchObject({ text: '$VIP:80', unknown: true });
    expect(command?.ipvsadm?.service?.address?.value).toBeUndefined();
  });

  test('timeouts that nobody knows are left out', () => {
    expect(stepsOf('ipvsadm --set $T 5 60', 'set-ipvs-timeouts')[0]).not.toHaveProperty('tcp');
  });
});

describe('packet filters', () => {
  test.each([
    ['iptables -F', { does: 'flush-packet-filter', tool: 'iptables' }],
    ['iptables -t nat -F POSTROUTING', { does: 'flush-packet-filter', table: 'nat', chain: 'POSTROUTING' }],
    ['arptables --flush', { does: 'flush-packet-filter', tool: 'arptables' }],
    ['nft flush ruleset', { does: 'flush-packet-filter', tool: 'nft', table: 'ruleset' }],
    [
      'iptables -t nat -A POSTROUTING -s 10.0.0.0/24 -o eth1 -j MASQUERADE',
      {
        does: 'packet-filter',
        table: 'nat',
        action: 'append',
        chain: 'POSTROUTING',
        target: 'MASQUERADE',
        family: 4,
      },
    ],
    [
      'ip6tables -P FORWARD DROP',
      { does: 'packet-filter', table: 'filter', action: 'policy', chain: 'FORWARD', family: 6 },
    ],
    [
      'arptables -A IN -d 192.0.2.1 -j DROP',
      { does: 'packet-filter', action: 'append', chain: 'IN', target: 'DROP', tool: 'arptables' },
    ],
    ['iptables-restore < /etc/x', { does: 'packet-filter', action: 'restore' }],
  ])('%s', (line, expected) => {
    expect(commandsOf(line)[0]).toMatchObject(expected);
  });

  test('looking is nothing', () => {
    expect(
      commandsOf('iptables -L -n; iptables -S; iptables-save; iptables -C INPUT -j DROP; nft list ruleset'),
    ).toEqual([]);
  });
});

describe('services and modules', () => {
  const managed = (text: string) =>
    stepsOf(text, 'service-manager').map(({ action, unit }) => `${action} ${unit}`);

  test.each([
    ['systemctl restart keepalived.service', ['restart keepalived']],
    [
      'systemctl disable --now firewalld iptables',
      ['disable firewalld', 'stop firewalld', 'disable iptables', 'stop iptables'],
    ],
    ['service iptables stop', ['stop iptables']],
    ['/etc/init.d/keepalived start', ['start keepalived']],
    ['/etc/rc.d/init.d/lvs stop', ['stop lvs']],
    ['chkconfig --level 35 ipvsadm on', ['enable ipvsadm']],
    ['chkconfig --add lvs; chkconfig iptables off', ['enable lvs', 'disable iptables']],
    ['update-rc.d lvs defaults', ['enable lvs']],
    ['ufw disable', ['disable ufw']],
    ['systemctl daemon-reload; systemctl start $UNIT; systemctl status', []],
  ])('%s', (line, expected) => {
    expect(managed(line)).toEqual(expected);
  });

  test('modules, in the spelling of the kernel', () => {
    const modules = (text: string) => stepsOf(text, 'load-module').map(({ module }) => module.value);
    expect(
      modules(
        'modprobe ip_vs; modprobe -a ip-vs-rr ip_vs_wrr; modprobe bonding mode=1; insmod /x/dummy.ko.xz',
      ),
    ).toEqual(['ip_vs', 'ip_vs_rr', 'ip_vs_wrr', 'bonding', 'dummy']);
    expect(modules('modprobe -r ip_vs; modprobe $M')).toEqual([]);
  });

  test('SELinux', () => {
    expect(
      stepsOf('setenforce 0; setenforce Enforcing', 'set-selinux').map(({ enforcing }) => enforcing),
    ).toEqual([false, true]);
  });
});
