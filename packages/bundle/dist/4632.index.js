export const id=4632;export const ids=[4632];export const modules={74632:(e,o,r)=>{r.r(o),r.d(o,{cacheService:()=>t});var c=r(92531);function t(){return{restoreCache:c.P3,saveCache:c.Io}}}};
