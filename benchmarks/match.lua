-- One query a request, of made-up vendors that do not come twice, as vendors.py makes them up.
local brands = {"aba","cor","del","eno","fir","gal","hav","ilm","jor","kel","lum","mar","nor","ost","pel","qui","ros","sol","tor","umb","ver","wil","xan","yel","zor"}
local ends = {"ta","rix","von","dal","mex","sen","tec","lor","nis","gar","bel","dan","fort","mark","ley","ton","wick","field","stone"}
local trades = {"Technology","Trading","Foods","Logistics","Electronics","Security Systems","Packaging","Consulting","Textiles","Machinery","Software","Energy","Chemicals","Optics","Medical Supplies"}
local forms = {"Ltd","Inc.","GmbH","Co. Ltd.","LLC","S.A.","PLC","B.V.","SpA","AG","Limited","Corporation"}
local places = {"Shanghai ","Ningbo ","Hamburg ","Lyon ","Leeds ","Dallas ","Toronto ","Osaka ","Shenzhen ","Hangzhou ","","","","","","",""}
local listed = {"Dahua Technology","浙江大华技术股份有限公司","Hikvision USA","Hangzhou Hikvison Digital Technology","SenseTime Group","Huawei Technologies","Megvii Technology","Lorex Technology","Clearview AI","Banco Nacional de Cuba","Xinjiang Public Security Bureau","Kaspersky Lab"}

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

function init()
  math.randomseed(seed)
end

local function of(words)
  return words[math.random(#words)]
end

local function vendor()
  if math.random() < 0.02 then return of(listed) end
  local brand = of(brands) .. of(brands) .. of(ends)
  return of(places) .. brand:sub(1, 1):upper() .. brand:sub(2) .. " " .. of(trades) .. " " .. of(forms)
end

function request()
  local body = '{"queries":{"q":{"schema":"Company","properties":{"name":["' .. vendor() .. '"]}}}}'
  return wrk.format("POST", nil, {["Content-Type"] = "application/json"}, body)
end

function done(summary, latency)
  local seconds = summary.duration / 1e6
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("figures %.1f %.2f %.2f %d\n", summary.requests / seconds, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, failed))
end
