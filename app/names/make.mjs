// Makes the names of countries and languages once: `npm ci && node make.mjs`.
//
// The names are those of the Unicode CLDR (licence Unicode-3.0). One line a code: the code, its name in every language the
// pages speak.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";

const require = createRequire(import.meta.url);

/** The names of a kind in a language: code → name. */
const names = (lang, kind) => require(`cldr-localenames-full/main/${lang}/${kind}.json`).main[lang].localeDisplayNames[kind];

const write = (file, rows) => writeFileSync(new URL(`../src/format/${file}`, import.meta.url), rows.sort().join(""));

// English names of countries stand where the API has them; the names of the world's parts and of no place are left out.
const NO_COUNTRY = ["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"];
// Where the official name is long, the one people use.
const SHORT = ["HK", "MO", "PS"];
const countries = names("de", "territories");
const country = (code) => `${code}\t${SHORT.includes(code) ? countries[`${code}-alt-short`] : countries[code]}\n`;
write("countries.tsv", Object.keys(countries).filter((code) => /^[A-Z]{2}$/.test(code) && !NO_COUNTRY.includes(code)).map(country));

const NO_LANGUAGE = ["und", "mul", "zxx", "mis"];
const [english, german] = ["en", "de"].map((lang) => names(lang, "languages"));
const language = (code) => `${code}\t${english[code]}\t${german[code] ?? english[code]}\n`;
write("languages.tsv", Object.keys(english).filter((code) => /^[a-z]{2,3}$/.test(code) && !NO_LANGUAGE.includes(code)).map(language));
