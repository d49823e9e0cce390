import { describe, expect, test } from 'vitest';
import { type Disk, localDisk } from '../../../src/collect/files.ts';
import { destinationOf, sshSettings } from '../../../src/collect/ssh/settings.ts';
import { userWith } from '../../support/ssh-server.ts';

/** Without the settings of the machine that runs the test. */
const disk: Disk = {
  ...localDisk,
  read: (path, limit) =>
    path.startsWith('/etc/') ? { trouble: 'missing', why: 'not looked at' } : localDisk.read(path, limit),
};

async function settingsFor(files: Readonly<Record<string, string>>, to: string) {
  const user = userWith(files);
  try {
    const settings = (await sshSettings(user, disk))(destinationOf(to));
    return JSON.parse(JSON.stringify(settings).replaceAll(user.home, '~'));
  } finally {
    user.remove();
  }
}

describe('a destination', () => {
  test.each([
    ['lb1', { host: 'lb1' }],
    ['root@lb1', { host: 'lb1', user: 'root' }],
    ['root@lb1:2222', { host: 'lb1', user: 'root', port: 2222 }],
    ['ssh://root@lb1:2222/', { host: 'lb1', user: 'root', port: 2222 }],
    ['2001:db8::11', { host: '2001:db8::11' }],
    ['root@[2001:db8::11]:2222', { host: '2001:db8::11', user: 'root', port: 2222 }],
    ['dom@in@lb1', { host: 'lb1', user: 'dom@in' }],
  ])('%s', (written, read) => {
    expect(destinationOf(written)).toEqual(read);
  });
});

describe('what ssh would use', () => {
  test('without settings: the defaults of ssh', async () => {
    expect(await settingsFor({}, 'lb1')).toMatchObject({
      hostName: 'lb1',
      port: 22,
      user: 'operator',
      keyName: 'lb1',
      identityFiles: ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa'],
      anyAgentKey: true,
      knownHostsFiles: [
        '~/.ssh/known_hosts',
        '~/.ssh/known_hosts2',
        '/etc/ssh/ssh_known_hosts',
        '/etc/ssh/ssh_known_hosts2',
      ],
      jumps: [],
    });
  });

  const CONFIG = `
Host lb*
    HostName %h.example.net
    User root
    Port 2222
    IdentityFile ~/.ssh/cluster_%r
    IdentitiesOnly yes
    HostKeyAlias cluster-%h
    UserKnownHostsFile ~/.ssh/cluster_hosts
    ProxyJump ops@bastion:2200,inner
host rs1
    proxycommand nc %h %p
Host *
    User nobody
    Port 22
`;

  test('the first that is said counts, tokens are filled in', async () => {
    expect(await settingsFor({ config: CONFIG }, 'lb1')).toMatchObject({
      hostName: 'lb1.example.net',
      port: 2222,
      user: 'root',
      identityFiles: ['~/.ssh/cluster_root'],
      anyAgentKey: false,
      knownHostsFiles: expect.arrayContaining(['~/.ssh/cluster_hosts']),
      jumps: ['ops@bastion:2200', 'inner'],
    });
  });

  test('the command line counts before the file', async () => {
    expect(await settingsFor({ config: CONFIG }, 'admin@lb1:22')).toMatchObject({ user: 'admin', port: 22 });
  });

  test('a ProxyCommand is said to be beyond us', async () => {
    expect((await settingsFor({ config: CONFIG }, 'rs1')).beyondUs).toContain('ProxyJump');
    expect((await settingsFor({ config: CONFIG }, 'lb1')).beyondUs).toBeUndefined();
  });

  test('included files count where they are included, and the block goes on behind them', async () => {
    const files = {
      config: 'Include parts*\nUser last\nHost lb1\n  Include more\n  Port 2022\n',
      parts1: 'Host lb1\n  User first\n',
      parts2: 'Host other\n  User second\n',
      more: 'HostName 192.0.2.11\n',
    };
    expect(await settingsFor(files, 'lb1')).toMatchObject({
      user: 'first',
      port: 2022,
      hostName: '192.0.2.11',
    });
    expect(await settingsFor(files, 'rs1')).toMatchObject({ user: 'last', port: 22, hostName: 'rs1' });
  });

  test('a file that includes itself ends', async () => {
    expect(await settingsFor({ config: 'Include config\nUser root\n' }, 'lb1')).toMatchObject({
      user: 'root',
    });
  });
});
