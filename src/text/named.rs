//! Enums whose values have names.

/// An enum with the name of each value beside it: the one list from which the names in records,
/// options, and documents are taken, and the list of all values.
macro_rules! named_enum {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$about:meta])* $variant:ident = $text:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        $vis enum $name {
            $( $(#[$about])* #[cfg_attr(test, schemars(rename = $text))] $variant, )+
        }

        impl $name {
            /// The names, in the order of the list.
            $vis const NAMES: &'static [&'static str] = &[$($text),+];
            /// Every value, in the order of the list.
            $vis const ALL: [Self; Self::NAMES.len()] = [$(Self::$variant),+];

            /// The name of this value.
            #[must_use]
            $vis const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value of this name.
            #[must_use]
            $vis fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.as_str() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let name: std::borrow::Cow<'_, str> = serde::Deserialize::deserialize(from)?;
                Self::from_name(&name)
                    .ok_or_else(|| serde::de::Error::unknown_variant(&name, Self::NAMES))
            }
        }
    };
}

pub(crate) use named_enum;

#[cfg(test)]
mod tests {
    named_enum! {
        /// Two colours.
        enum Colour {
            Red = "red",
            DarkBlue = "dark_blue",
        }
    }

    #[test]
    fn each_value_has_one_name_everywhere() {
        assert_eq!(Colour::ALL.map(Colour::as_str), Colour::NAMES);
        assert_eq!(format!("{:>10}", Colour::DarkBlue), " dark_blue");
        for colour in Colour::ALL {
            assert_eq!(Colour::from_name(colour.as_str()), Some(colour));
            let json = serde_json::to_string(&colour).unwrap();
            assert_eq!(json, format!("\"{colour}\""));
            assert_eq!(serde_json::from_str::<Colour>(&json).unwrap(), colour);
        }
    }

    #[test]
    fn a_wrong_name_is_refused_with_the_right_ones() {
        assert_eq!(Colour::from_name("Red"), None);
        let error = serde_json::from_str::<Colour>("\"Red\"").unwrap_err().to_string();
        assert!(error.contains("`red` or `dark_blue`"), "{error}");
    }
}
