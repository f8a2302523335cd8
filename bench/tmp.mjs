import pg from 'pg';
import fs from 'node:fs';
const port=fs.readFileSync('/tmp/demo5/postgres/data/postmaster.pid','utf8').split('\n')[3];
const url=`postgres://app:${fs.readFileSync('/tmp/demo5/postgres/password','utf8').trim()}@127.0.0.1:${port}/postgres`;
for (const max of [1,4,8]) {
 const pool=new pg.Pool({connectionString:url,max});
 for (const [n,q] of [['select 1',()=>pool.query('select 1')],['named',()=>pool.query({name:'a',text:'select $1::int',values:[1]})],['unnamed param',()=>pool.query('select $1::int',[1])]]) {
  let done=0; const end=Date.now()+2000; const c0=process.cpuUsage();
  await Promise.all(Array.from({length:max*2},async()=>{while(Date.now()<end){await q();done++;}}));
  const c=process.cpuUsage(c0);
  console.log(max,n,done/2,'/s', 'cpu/query µs', Math.round((c.user+c.system)/done));
 }
 await pool.end();
}
