//! What visitors say of an outcome, as authors read it at its node.

use fixpath::sql;

use crate::outcome::at_the_bulb;
use crate::site::{Site, on_both};

const BULB: &str = "/editor/trees/detour?node=bulb";

#[tokio::test]
async fn what_visitors_said_of_an_outcome_stands_at_its_node() {
    on_both(async |site: &Site| {
        let mut visitors = vec![at_the_bulb(site).await];
        let mut ada = site.author().await;
        ada.get(BULB).await.has_status(200).does_not_say("Visitors were asked");
        visitors[0].submit("Yes", &[]).await;
        for said in ["Yes", "No, go on with the next cause", "Made it worse"] {
            let mut visitor = site.visitor();
            visitor.get("/guides/detour").await;
            visitor.submit("Start", &[]).await;
            visitor.submit("Continue", &[("answer", "stairs")]).await;
            visitor.submit("Continue", &[("answer", "yes")]).await;
            visitor.submit(said, &[]).await;
            visitors.push(visitor);
        }
        ada.get(BULB).await.says("Visitors were asked whether it helped: 2 said yes, 1 no, 1 that it made things worse.");
        ada.get("/editor/trees/detour?node=fuse").await.does_not_say("Visitors were asked");
        ada.get("/editor/trees/detour").await.does_not_say("Visitors were asked");
        visitors[0].submit("Take that back", &[]).await;
        ada.get(BULB).await.says("1 said yes, 1 no, 1 that").does_not_say("What they wrote");

        let mut write = site.app().db().write().await.unwrap();
        sql!(&mut write, execute "UPDATE feedback SET note = $1 WHERE helped = 'worse'", "The <b>new</b> bulb burst.").unwrap();
        write.commit().await.unwrap();
        ada.get(BULB).await.says("What they wrote 15 Jan 2027 The <b>new</b> bulb burst.");
        // It is for authors.
        site.visitor().get("/guides/detour").await.does_not_say("Visitors were asked");
    })
    .await;
}
