export const id=174;export const ids=[174];export const modules={90174:(t,r,e)=>{e.r(r),e.d(r,{artifactService:()=>n});var o=e(22895);function n(){return new o.t9}}};
