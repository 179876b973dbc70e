-- Prints what wrk counted as one JSON line, exact where its own summary is rounded.
-- os.clock is the CPU time of the whole process, finished threads included. Only `done` is defined,
-- so nothing of this runs while requests are sent.
local cpuAtStart = os.clock()

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\nGAPWISE {"requests":%d,"durationUs":%d,"cpuUs":%d,"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}\n',
    summary.requests, summary.duration, math.floor((os.clock() - cpuAtStart) * 1e6),
    errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
