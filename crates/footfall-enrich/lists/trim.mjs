// Cuts the packages down to what the crate reads: tables of tab-separated values, one row a line, `#` begins a comment.
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import YAML from "yaml";

const lists = process.argv[2];
const read = (path) => readFileSync(`node_modules/${path}`, "utf8");
const version = (name) => JSON.parse(read(`${name}/package.json`)).version.replace(/^version = '(.*)'$/, "$1");

function cell(value) {
  const text = String(value ?? "");
  if (/[\t\r\n]/.test(text)) throw new Error(`a tab or line break in ${JSON.stringify(text)}`);
  return text;
}

function table(name, head, rows) {
  const lines = rows.map((row) => row.map(cell).join("\t").replace(/\t+$/, ""));
  writeFileSync(`${lists}/${name}`, `# ${head}\n${lines.join("\n")}\n`);
  console.log(`${name}: ${rows.length} rows`);
}

// An example a line, gzip without a date, so that equal data is an equal file.
function examples(name, lines) {
  const text = lines.map((line) => line.replace(/[\r\n]/g, " ")).join("\n") + "\n";
  writeFileSync(`${lists}/../tests/data/${name}.gz`, gzipSync(text, { level: 9 }));
  console.log(`${name}.gz: ${lines.length} lines`);
}

const uap = YAML.parse(read("uap-core/regexes.yaml"));
const regex = (row) => row.regex_flag ? `(?${row.regex_flag})${row.regex}` : row.regex;
table("browsers.tsv", `npm uap-core ${version("uap-core")}, user_agent_parsers, Apache-2.0: regex, family, v1, v2`,
  uap.user_agent_parsers.map((row) => [regex(row), row.family_replacement, row.v1_replacement, row.v2_replacement]));
table("systems.tsv", `npm uap-core ${version("uap-core")}, os_parsers, Apache-2.0: regex, os, v1, v2`,
  uap.os_parsers.map((row) => [regex(row), row.os_replacement, row.os_v1_replacement, row.os_v2_replacement]));

// The name of a machine is the text its pattern finds in its examples, without the punctuation at its ends; of several
// spellings the one with the most capitals, as its maker writes it.
function nameOf(machine) {
  const pattern = new RegExp(machine.pattern);
  const found = machine.instances.map((example) => pattern.exec(example)?.[0]).filter(Boolean);
  const spellings = found.filter((text) => text.toLowerCase() === found[0].toLowerCase());
  const capitals = (text) => text.replace(/\P{Lu}/gu, "").length;
  const name = spellings.reduce((best, next) => (capitals(next) > capitals(best) ? next : best), found[0] ?? machine.pattern.replace(/\\/g, ""));
  const bare = name.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N})!]+$/gu, "").slice(0, 60);
  return bare.includes("(") ? bare : bare.replace(/\)+$/, "");
}

const machines = JSON.parse(read("crawler-user-agents/crawler-user-agents.json"));
table("machines.tsv", `npm crawler-user-agents ${version("crawler-user-agents")}, MIT: pattern, tags, name`,
  machines.map((machine) => [machine.pattern, machine.tags.join(" "), nameOf(machine)]));
examples("machines.txt", [...new Set(machines.flatMap((machine) => machine.instances))].sort());

// The tables are drawn anew with every release; only distinct user agents are kept.
const browsers = JSON.parse(read("user-agents/dist/user-agents.json"));
const distinct = new Map(browsers.map((browser) => [browser.userAgent, `${browser.deviceCategory}\t${browser.userAgent}`]));
examples("browsers.txt", [...distinct.values()].sort());

table("versions.tsv", "what the lists were made from: package, version, licence", [
  ["uap-core", version("uap-core"), "Apache-2.0"],
  ["crawler-user-agents", version("crawler-user-agents"), "MIT"],
  ["user-agents", version("user-agents"), "BSD-2-Clause (test data only)"],
]);
