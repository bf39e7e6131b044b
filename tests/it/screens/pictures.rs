//! Snapshots.

use crate::app::stage::Stage;

#[test]
fn look() {
    for (w, h) in [(100, 30), (80, 24), (40, 10)] {
        println!("=== {w}x{h}");
        println!("{}", Stage::open().at_size(w, h).keys("down").screen());
        println!("{}", Stage::open().at_size(w, h).keys("a 'JBSWY3DPEHPK3PXP' tab 'Git'").screen());
        println!("{}", Stage::open().at_size(w, h).keys("v").screen());
        println!("{}", Stage::open().at_size(w, h).keys("x tab 'asd asf fds fds fdsd sf d'").screen());
        println!("{}", Stage::open().at_size(w, h).keys("x tab 'asdf' tab 'asdf' enter").screen());
        println!("{}", Stage::open().at_size(w, h).keys("?").screen());
        println!("{}", Stage::open().at_size(w, h).keys("d").screen());
        println!("{}", Stage::locked().at_size(w, h).keys("'abc' enter").screen());
        println!("{}", Stage::first_run().at_size(w, h).screen());
        println!("{}", Stage::first_run().at_size(w, h).keys("enter 'hello' tab 'helo' enter").screen());
        println!("{}", Stage::first_run().at_size(w, h).keys("enter 'hello' tab 'hello' enter").screen());
    }
}
