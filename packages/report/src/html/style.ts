/** The report's style: light and dark, narrow and wide, and print. No address, no font to load. */
export const style = `
:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--paper:#fff;--shade:#f6f8fa;--good:#0969da;--bad:#bc4c00;--open:#9a6700;--band:#ddf4ff}
@media (prefers-color-scheme:dark){:root{--ink:#f0f6fc;--soft:#9198a1;--line:#3d444d;--paper:#0d1117;--shade:#151b23;--good:#4493f8;--bad:#f0883e;--open:#d29922;--band:#121d2f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1000px;padding:24px 16px 48px;background:var(--paper);color:var(--ink);font:15px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif}
h1{font-size:26px;line-height:1.25;margin:0 0 12px;overflow-wrap:anywhere}
h2{font-size:21px;margin:36px 0 8px;padding-bottom:6px;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
h3{font-size:16px;margin:28px 0 8px}
p,ul,ol{margin:8px 0}
a{color:var(--good)}
code,pre{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{background:var(--shade);border-radius:4px;padding:1px 5px;overflow-wrap:anywhere}
pre{background:var(--shade);border-radius:6px;padding:12px;margin:0;min-width:100%;width:max-content}
.verdict{border-left:6px solid var(--line);padding:4px 0 4px 16px;margin-bottom:20px}
.verdict p{font-size:17px}
.is-fail{border-color:var(--bad)}.is-crashed{border-color:var(--ink);border-left-style:dashed}.is-pass{border-color:var(--good)}.is-warn,.is-inconclusive,.is-stale{border-color:var(--open)}
.soft,.legend{color:var(--soft);font-size:13px}
nav a{margin-right:14px;white-space:nowrap}
.remark{background:var(--shade);border-left:4px solid var(--open);padding:8px 12px}
table{border-collapse:collapse;width:100%;margin:12px 0;font-size:14px}
th,td{padding:7px 8px;border-bottom:1px solid var(--line);text-align:left;vertical-align:middle}
th{color:var(--soft);font-weight:600;font-size:13px;white-space:nowrap}
td.number,th.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}td.number:last-child{white-space:normal;min-width:72px}
.mark{width:28px;text-align:center}
td.word{white-space:nowrap;font-weight:600}
tr.is-bad td.word{color:var(--bad)}tr.is-open td.word{color:var(--open)}tr.is-good td.word{color:var(--good)}tr.is-calm td.word{font-weight:400;color:var(--soft)}
small{color:var(--soft);white-space:nowrap}
td.wide{min-width:150px}
td.wide code{overflow-wrap:break-word}
td.plot,th.plot{width:150px}
svg{display:block;width:150px;height:18px;overflow:visible}
svg .zero{stroke:var(--soft);stroke-width:1}svg .allowed{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:3 3}
svg .bar{stroke:currentColor;stroke-width:2}svg .dot{fill:currentColor;stroke:currentColor;stroke-width:2}svg .hollow{fill:var(--paper)}
svg.is-bad{color:var(--bad)}svg.is-open{color:var(--open)}svg.is-good{color:var(--good)}svg.is-calm{color:var(--soft)}
figure{margin:20px 0;max-width:520px}figcaption{margin-bottom:4px;overflow-wrap:anywhere}
svg.chart{width:100%;height:auto;max-width:520px;overflow:hidden}
.chart .grid{stroke:var(--line);stroke-width:1}.chart .axis{stroke:var(--soft);stroke-width:1}.chart .tick{fill:var(--soft);font-size:11px}
.chart path{fill:none;stroke-width:2}.chart .line-this path{stroke:var(--good)}.chart .line-baseline path{stroke:var(--bad);stroke-dasharray:6 3}.chart .line-limit path{stroke:var(--soft);stroke-width:1.5;stroke-dasharray:2 3}
.chart .line-this circle{fill:var(--good)}.chart .line-baseline rect{fill:var(--bad)}
.key:before{content:"";display:inline-block;width:22px;margin-right:6px;vertical-align:middle;border-top:2.5px solid var(--good)}.key{margin-right:16px}
.key-baseline:before{border-top:2.5px dashed var(--bad)}.key-limit:before{border-top:2px dotted var(--soft)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:0 24px}
summary{cursor:pointer;color:var(--soft);font-size:13px}
table.matrix td,table.matrix th{text-align:right;white-space:nowrap}table.matrix td.right{font-weight:600;background:var(--band)}table.matrix th:first-child{text-align:left}
.scroll{overflow-x:auto;margin:8px 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:12px 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
@media (max-width:900px){table{font-size:13px}th,td{padding:6px 4px}th{font-size:12px}small{font-size:11px}td.wide{min-width:124px}td.plot,th.plot{width:118px}svg{width:116px}td code{font-size:11.5px;padding:1px 3px}}
@media (max-width:700px){
table:not(.matrix) thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table:not(.matrix),table:not(.matrix) tbody{display:block}
table:not(.matrix) tr{display:grid;grid-template-columns:1fr 1fr;gap:2px 12px;border-bottom:1px solid var(--line);padding:10px 0}
table:not(.matrix) td{display:block;border:0;padding:2px 0}
table:not(.matrix) td.number{text-align:left;white-space:normal}
td[data-label]:before{content:attr(data-label) " ";color:var(--soft);font-size:12px}
td.wide,td.plot{grid-column:1/-1;width:auto;min-width:0}
table{font-size:14px}table:not(.matrix) svg{width:220px;height:24px}
td:empty{display:none}
dl{grid-template-columns:1fr}dt{margin-top:6px}
}
@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--shade:#f3f3f3;--good:#0550ae;--bad:#953800;--open:#7d4e00}body{max-width:none;padding:0}nav{display:none}tr,svg,.verdict{break-inside:avoid}h2,h3{break-after:avoid}details::details-content{content-visibility:visible;height:auto}summary{list-style:none}pre{white-space:pre-wrap;width:auto}}
`;
