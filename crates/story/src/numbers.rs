//! What a decision looks at, declared once: numbers in an order, each with a name by which trees ask for it.

/// Declares a struct of numbers with their names and their order.
macro_rules! numbers {
    ($(#[$about:meta])* $of:ident { $($(#[$doc:meta])* $name:ident),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct $of {
            $($(#[$doc])* pub(crate) $name: f32,)+
        }

        impl $of {
            /// What the numbers are called, in their order.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// The numbers in their order.
            pub fn numbers(&self) -> [f32; Self::NAMES.len()] {
                [$(self.$name),+]
            }
        }
    };
}

pub(crate) use numbers;
