/** Where a cgroup is found and how its time is read, of both versions, from texts as kernels write them. */
import t from 'tap'
import { parseHierarchies, usageNs } from '../../../bench/cpu-meters/cgroup.ts'

t.test('the time of a cgroup is in nanoseconds, whatever the version', async (t) => {
  t.equal(usageNs['cgroup-v1']('123456789\n'), 123_456_789)
  const stat = 'usage_usec 123456\nuser_usec 100000\nsystem_usec 23456\nnr_periods 0\n'
  t.equal(usageNs['cgroup-v2'](stat), 123_456_000)
  t.ok(Number.isNaN(usageNs['cgroup-v2']('nr_periods 0\n')), 'the root of older kernels tells none')
})

t.test('version 2 is found below its mount', async (t) => {
  const mounts =
    '30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n' +
    '23 1 8:1 / / rw - ext4 /dev/sda1 rw\n'
  t.same(parseHierarchies('0::/user.slice/session-1.scope\n', mounts), [
    { source: 'cgroup-v2', dir: '/sys/fs/cgroup/user.slice/session-1.scope' },
  ])
})

t.test('with both, version 1 comes first as it counts nanoseconds', async (t) => {
  const cgroups = '4:cpu,cpuacct:/job\n1:name=systemd:/\n0::/job\n'
  const mounts =
    '30 23 0:26 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n' +
    '31 23 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n' +
    '32 23 0:28 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n'
  t.same(parseHierarchies(cgroups, mounts), [
    { source: 'cgroup-v1', dir: '/sys/fs/cgroup/cpu,cpuacct/job' },
    { source: 'cgroup-v2', dir: '/sys/fs/cgroup/unified/job' },
  ])
})

t.test('in a container the mount may begin at the very cgroup, or beside it', async (t) => {
  const mounts = '30 23 0:26 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n'
  t.same(parseHierarchies('0::/docker/abc\n', mounts), [
    { source: 'cgroup-v2', dir: '/sys/fs/cgroup' },
  ])
  t.same(parseHierarchies('0::/docker/other\n', mounts), [
    { source: 'cgroup-v2', dir: '/sys/fs/cgroup' },
  ])
  t.same(parseHierarchies('1:name=systemd:/\n', mounts), [], 'no cgroup of that version')
})
