// Bare: lists by kind, tag and year, fifty to a page; one feed of fifty entries.
import { feedPlugin } from "@11ty/eleventy-plugin-rss";

const KINDS = ["weeknotes", "experiments", "incidents"];

export default function (config) {
  const newest = (items) => [...items].sort((a, b) => b.date - a.date);
  const entries = (api) => newest(KINDS.flatMap((kind) => api.getFilteredByGlob(`content/${kind}/*.md`)));

  function pagesOf(groups, size = 50) {
    const pages = [];
    for (const [address, title, items] of groups) {
      for (let at = 0; at * size < Math.max(items.length, 1); at++) {
        const last = (at + 1) * size >= items.length;
        const url = at ? `/${address}/page/${at + 1}/` : `/${address}/`;
        pages.push({ url, title, items: items.slice(at * size, (at + 1) * size), older: last ? "" : `/${address}/page/${at + 2}/` });
      }
    }
    return pages;
  }

  function grouped(items, keysOf) {
    const groups = new Map();
    for (const item of items) for (const key of keysOf(item)) groups.set(key, [...(groups.get(key) || []), item]);
    return groups;
  }

  config.addCollection("latest", (api) => entries(api).slice(0, 50));
  config.addCollection("listings", (api) => {
    const all = entries(api);
    const groups = KINDS.map((kind) => [kind, kind, all.filter((item) => item.url.startsWith(`/${kind}/`))]);
    for (const [tag, items] of grouped(all, (item) => item.data.topics || [])) groups.push([`tags/${tag}`, tag, items]);
    for (const [year, items] of grouped(all, (item) => [item.date.getUTCFullYear()])) groups.push([`years/${year}`, year, items]);
    return pagesOf(groups);
  });
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addPlugin(feedPlugin, {
    type: "rss",
    outputPath: "/index.xml",
    collection: { name: "feed", limit: 50 },
    metadata: { language: "en", title: "A made-up site", base: "https://example.org/", author: { name: "The example council" } },
  });
  config.addCollection("feed", (api) => entries(api).reverse());
}

export const config = {
  dir: { input: "content", includes: "../_includes" },
  markdownTemplateEngine: false,
};
