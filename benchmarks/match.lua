-- One query a request, of the names in the file that NAMES names; none comes twice before all did.
local bodies, next = {}, 0

function init()
  for name in io.lines(os.getenv("NAMES")) do
    bodies[#bodies + 1] = '{"queries":{"q":{"schema":"Company","properties":{"name":["' .. name .. '"]}}}}'
  end
end

function request()
  next = next % #bodies + 1
  return wrk.format("POST", nil, {["Content-Type"] = "application/json"}, bodies[next])
end

function done(summary, latency)
  local seconds = summary.duration / 1e6
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("figures %.1f %.2f %.2f %d\n", summary.requests / seconds, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, failed))
end
